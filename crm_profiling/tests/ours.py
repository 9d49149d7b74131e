"""What in the registry is this addon's, and that of the addons that come with it."""

import re

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method

OURS = re.compile(r"crm_profiling\w*|report_invoice_salesman")


def is_ours(cls):
    """Whether a class of a model, or of a controller, is defined by one of us."""
    found = re.match(r"odoo\.addons\.(\w+)", cls.__module__)
    return bool(found and OURS.fullmatch(found[1]))


def our_models(env):
    """Return ``{name: model}`` of the models that one of us defines."""
    return {
        name: env[name]
        for name, cls in env.registry.items()
        if OURS.fullmatch(cls._original_module or "")
    }


def extended_models(env):
    """Return ``{name: model}`` of the models of others that one of us extends."""
    return {
        name: env[name]
        for name, cls in env.registry.items()
        if name not in our_models(env) and any(map(is_ours, cls.mro()))
    }


def is_public(model, name):
    """Whether Odoo lets this method be called over RPC."""
    try:
        get_public_method(model, name)
    except (AccessError, AttributeError):
        return False
    return True


def public_methods(env):
    """Return ``(model, method)`` of all that may be called and that one of us defines.

    A method that several models inherit from one of ours is named with each of them.
    """
    return {
        (name, method)
        for name, model in {**our_models(env), **extended_models(env)}.items()
        for cls in type(model).mro()
        if is_ours(cls)
        for method in vars(cls)
        if is_public(model, method)
    }


def our_fields(model):
    """Return the names of the fields that one of us adds to a model."""
    return sorted(
        name
        for name, field in model._fields.items()
        if field._modules and all(OURS.fullmatch(module) for module in field._modules)
    )


def our_routes(env):
    """Return ``{route: endpoint}`` of the addresses that one of us answers."""
    return {
        rule.rule: rule.endpoint
        for rule in env["ir.http"].routing_map().iter_rules()
        if is_ours(rule.endpoint.func)
    }
