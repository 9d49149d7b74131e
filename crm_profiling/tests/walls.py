"""What each room of the addon defines, and what it names of the rooms above it.

Read from the code itself, by its syntax: no list of words has to be kept up to date.
A word that Odoo has too, or that a room below uses for something of its own, is told
apart only where its model is certain: on ``self``, and in a view.
"""

import ast
import re
from collections import defaultdict
from typing import NamedTuple

from lxml import etree

# From the ground up. The modules at the top of the addon are below all of them; what
# is in no room, as a wizard, stands wherever the highest of what it uses does.
ROOMS = (
    "catalog",
    "answers",
    "matching",
    "interview",
    "prospects",
    "segment",
    "insight",
)
GROUND = -1
BUILTIN = {name for type_ in (str, list, dict, set) for name in dir(type_)}
LEFT_OUT = ("tests", "migrations", "demo", "i18n")

MODEL = re.compile(r"\bcrm\.profiling(?:\.\w+)*")
XML_ID = re.compile(r"\bcrm_profiling\.(\w+)")
LOCAL_ID = re.compile(r"(?:%\(|\bref\(['\"])(\w+)")
WORD = re.compile(r"\w*[a-z0-9]_[a-z]\w*")
JS_STRING = re.compile(r"""(["'`])([\w.]*?)\1""")
JS_REGISTERED = re.compile(r"""\.add\(\s*["']([\w.]+)["']""")
JS_IMPORTED = re.compile(r"""\bfrom\s+["']([^"']+)["']""")
# Attributes of views that hold the id of a record
REFERENCES = {"ref", "inherit_id", "parent", "action", "t-call", "t-inherit"}


class Named(NamedTuple):
    """Something that a file defines or names."""

    kind: str  # model, member, record, module, widget
    name: str
    line: int = 0
    model: str = ""  # whose member it is, where that is certain


class House:
    """The rooms of an addon, what is in them and what they name.

    :param Path root: folder of the addon
    :param foreign: names of fields and methods that Odoo's own models have
    """

    def __init__(self, root, foreign=()):
        self.root = root
        self.foreign = {*foreign, *BUILTIN}
        self.levels = {}  # {file: level, 0 for the first of ROOMS}
        self.defining = defaultdict(set)  # {(kind, name): files}
        self.members = defaultdict(set)  # {(model, name): files}
        self.words = defaultdict(set)  # {word: files where it means something}
        self.named = {}  # {file: set of `Named`}
        for path in sorted(root.rglob("*")):
            self._read(path)
        self._place_flat()

    def upward(self):
        """Return ``[(file, line, name, level)]`` of what is named from below it."""
        return sorted(
            {
                (path.relative_to(self.root).as_posix(), one.line, one.name, level)
                for path, named in self.named.items()
                for one in named
                if (level := self._level_of(one)) > self.levels[path]
            }
        )

    # ------------------------------------------------------------------
    # Levels
    # ------------------------------------------------------------------

    def _lowest(self, files):
        return min((self.levels[path] for path in files), default=GROUND)

    def _level_of(self, named):
        """Return the level of what is named, `GROUND` for what is not ours."""
        if named.model:
            return self._lowest(self.members.get((named.model, named.name), ()))
        level = self._lowest(self.defining.get((named.kind, named.name), ()))
        if named.kind == "member" and (
            named.name in self.foreign
            or any(self.levels[path] < level for path in self.words[named.name])
        ):
            return GROUND
        return level

    def _place_flat(self):
        """Put the files of flat folders as high as what they use."""
        flat = [path for path in self.named if self._is_flat(path)]
        settled = False
        while not settled:
            settled = True
            for path in flat:
                level = max(map(self._level_of, self.named[path]), default=GROUND)
                if level > self.levels[path]:
                    self.levels[path], settled = level, False

    def _is_flat(self, path):
        *folders, name = path.relative_to(self.root).parts
        return not set(folders) & set(ROOMS) and (folders or name == "__init__.py")

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def _read(self, path):
        top, *rest = path.relative_to(self.root).parts
        reader = {".py": PythonFile, ".xml": XmlFile, ".js": JsFile}.get(path.suffix)
        if not reader or top in LEFT_OUT or "tests" in rest[:1]:
            return
        rooms = [part for part in rest if part in ROOMS]
        self.levels[path] = ROOMS.index(rooms[0]) if rooms else GROUND
        file = reader(path, self.root)
        self.named[path] = set(file.named)
        for one in file.defined:
            self.defining[one.kind, one.name].add(path)
            if one.kind == "member":
                self.members[one.model, one.name].add(path)
        for word in file.words:
            self.words[word].add(path)


class SourceFile:
    """What one file defines and names."""

    def __init__(self, path, root):
        self.path = path
        self.root = root
        self.defined, self.named, self.words = [], [], set()
        self._scan(path.read_text())

    def _scan(self, text):
        raise NotImplementedError

    def _define(self, kind, name, model=""):
        self.defined.append(Named(kind, name, 0, model))

    def _name(self, kind, name, line, model=""):
        self.named.append(Named(kind, name, line, model))

    def _name_words(self, text, line):
        """Note the models, records and members that a text names."""
        for model in MODEL.findall(text):
            self._name("model", model, line)
        for record in XML_ID.findall(text):
            self._name("record", record, line)
        for word in WORD.findall(text):
            self._name("member", word, line)
            self._name("table", word, line)


class PythonFile(SourceFile):
    """A module of models, or of anything else."""

    def _scan(self, text):
        tree = ast.parse(text)
        self._silent = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        self._members = set()  # nodes that are no variables
        self._define("module", self._module())
        self._scan_node(tree, ())

    def _module(self):
        parts = self.path.relative_to(self.root).with_suffix("").parts
        return ".".join(part for part in parts if part != "__init__")

    def _scan_node(self, node, models):
        if isinstance(node, ast.ClassDef):
            models = self._scan_class(node) or models
        elif isinstance(node, ast.ImportFrom) and node.level:
            self._scan_import(node)
        elif isinstance(node, ast.Attribute):
            self._scan_attribute(node, models)
        elif isinstance(node, ast.keyword) and node.arg:
            self._name("member", node.arg, node.value.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in self._silent:
                self._name_words(node.value, node.lineno)
        self.words.update(self._bound(node, models))
        for child in ast.iter_child_nodes(node):
            self._scan_node(child, models)

    def _bound(self, node, models):
        """Return the words to which a node gives a meaning, members of models apart."""
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not models:
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from () if models else (node.attr,)
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            if node not in self._members:
                yield node.id

    def _scan_class(self, node):
        """Note what a class of models defines; return the names of its models."""
        values = {
            target.id: statement.value
            for statement in node.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
        names = self._strings(values.get("_name"))
        inherited = self._strings(values.get("_inherit"))
        models = names or inherited[:1]
        self._members.update(
            target
            for statement in node.body
            if models and isinstance(statement, ast.Assign)
            for target in statement.targets
        )
        if names and names[0] not in inherited:
            self._define("model", names[0])
            self._define("table", names[0].replace(".", "_"))
        for model in models:
            for name in [*values, *self._methods(node)]:
                self._define("member", name, model)
        for value in values.values():
            if isinstance(value, ast.Call):
                for keyword in value.keywords:
                    if keyword.arg == "relation":
                        self._define("table", keyword.value.value)
        return models

    def _methods(self, node):
        return [one.name for one in node.body if isinstance(one, ast.FunctionDef)]

    def _strings(self, node):
        elements = getattr(node, "elts", [node])
        return [one.value for one in elements if isinstance(one, ast.Constant)]

    def _scan_import(self, node):
        parts = self.path.relative_to(self.root).parts[: -node.level]
        base = ".".join([*parts, *filter(None, [node.module])])
        self._name("module", base, node.lineno)
        for alias in node.names:
            self._name("module", f"{base}.{alias.name}", node.lineno)

    def _scan_attribute(self, node, models):
        on_self = isinstance(node.value, ast.Name) and node.value.id == "self"
        self._name(
            "member", node.attr, node.lineno, models[0] if on_self and models else ""
        )


class XmlFile(SourceFile):
    """Views, records or templates of the client."""

    def _scan(self, text):
        tree = etree.fromstring(text.encode())
        for node in tree.iter(etree.Element):
            if node.tag in ("record", "template", "menuitem") and node.get("id"):
                self._define("record", node.get("id"))
            if name := node.get("t-name"):
                self._define("widget", name)
            self._scan_element(node)

    def _scan_element(self, node):
        for attribute, value in node.attrib.items():
            self._name_words(value, node.sourceline)
            for record in LOCAL_ID.findall(value):
                self._name("record", record, node.sourceline)
            if attribute in REFERENCES:
                self._name("record", value, node.sourceline)
                self._name("widget", value, node.sourceline)
            elif attribute in ("widget", "js_class", "tag"):
                self._name("widget", value, node.sourceline)
        if node.tag in ("field", "button") and (model := self._model(node)):
            self._name("member", node.get("name"), node.sourceline, model)
        if node.tag == "field" and node.text:
            self._name_words(node.text, node.sourceline)
            self._name("widget", node.text.strip(), node.sourceline)

    def _model(self, node):
        """Return the model whose view a field or button stands in, where certain."""
        for above in node.iterancestors("field", "record"):
            if above.tag == "record":
                return above.findtext("field[@name='model']")
            if above.get("name") != "arch":
                return None  # in the view of a relation
        return None


class JsFile(SourceFile):
    """A module of the client."""

    def _scan(self, text):
        self._define("module", str(self.path.with_suffix("")))
        for name in JS_REGISTERED.findall(text):
            self._define("widget", name)
        for number, line in enumerate(text.splitlines(), start=1):
            for name in JS_IMPORTED.findall(line):
                self._name("module", self._imported(name), number)
            if not line.lstrip().startswith(("*", "//", "/*")):
                for _quote, string in JS_STRING.findall(line):
                    self._name_words(string, number)
                    self._name("widget", string, number)

    def _imported(self, name):
        if name.startswith("."):
            return str((self.path.parent / name).resolve())
        return str(self.root / "static/src" / name.removeprefix("@crm_profiling/"))
