/** The decision tree without a server. */
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {Component, xml} from "@odoo/owl";
import {beforeEach, expect} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {getService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {WebClient} from "@web/webclient/webclient";

export const SAAS = {id: 5, name: "Small companies", tag: "SaaS", color: 3};

export const PARTNERSHIP = {id: 6, name: "IT companies", tag: "Partnership", color: 4};

export function node(path, label, values = {}) {
    return {
        path,
        label,
        question: false,
        profiles: [],
        open: 0,
        contacts: 0,
        not_asked: 0,
        folded: false,
        children: [],
        ...values,
    };
}

export function tree() {
    const it = [[1, [11]]];
    return node([], "", {
        question: {id: 1, name: "Sector?"},
        open: 2,
        contacts: 40,
        not_asked: 9,
        children: [
            node(it, "IT", {contacts: 20, profiles: [PARTNERSHIP]}),
            node([[1, [12]]], "Services, Others", {
                question: {id: 2, name: "Staff?"},
                open: 1,
                contacts: 11,
                folded: true,
            }),
        ],
    });
}

export const BELOW = [
    node(
        [
            [1, [12]],
            [2, [21]],
        ],
        "1",
        {contacts: 4, profiles: [SAAS]}
    ),
    node(
        [
            [1, [12]],
            [2, [22]],
        ],
        "2+",
        {contacts: 7}
    ),
];

class Elsewhere extends Component {
    static template = xml`<div/>`;
    static props = ["*"];
}

/** What the server says: of the profiles, and of the branches. */
export const told = {};

export async function mountTree(context = {}) {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_profiling.decision_tree",
        context,
    });
    await animationFrame();
}

/** Notes what is opened instead of opening it. */
export async function mountTreeAlone(context) {
    await mountTree(context);
    getService("action").doAction = async (action) =>
        expect.step([action.res_model || action, action.res_id]);
}

export function card(label) {
    return `[role=treeitem][aria-label^='${label},']`;
}

export function labels() {
    return [...document.querySelectorAll("[role=treeitem]")].map((el) =>
        el.getAttribute("aria-label")
    );
}

/** Has a test file begin with a server that tells of a tree as `told` says. */
export function defineTree() {
    defineMailModels();
    beforeEach(() => {
        registry.category("actions").add("elsewhere", Elsewhere);
        told.root = tree();
        told.header = {
            questionnaires: [{id: 7, name: "Short"}],
            manager: true,
            profiles: 2,
        };
        onRpc("get_header", () => told.header);
        onRpc("get_tree", ({kwargs}) => {
            expect.step(["tree", kwargs.questionnaire_id, kwargs.path, kwargs.limit]);
            return kwargs.path.length
                ? {...told.root.children[1], children: BELOW, folded: false}
                : told.root;
        });
        onRpc("get_contacts_action", ({kwargs}) => {
            expect.step(["contacts", kwargs.path, kwargs.waiting]);
            return {type: "ir.actions.act_window", res_model: "res.partner"};
        });
    });
}
