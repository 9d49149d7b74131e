import {_t} from "@web/core/l10n/translation";
import {downloadFile} from "@web/core/network/download";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {
    onMounted,
    onPatched,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {toSvgFile} from "./svg_file";
import {keyOf} from "./tree_layout";
import {TreePicture} from "./tree_picture";
import {FONT_SIZE} from "./tree_text";

// Branches asked of the server: at first, below one that is unfolded, and at the most.
const FIRST = 40;
const MORE = 12;
const MOST = 400;

/** The questions as a tree, their answers as branches, and at its ends what to propose. */
export class DecisionTree extends TreePicture {
    static template = "crm_profiling.DecisionTree";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.canvas = useRef("canvas");
        this.drawing = useRef("drawing");
        this.fontSize = FONT_SIZE;
        this.state = useState({
            questionnaireId: this.props.action.context?.active_id || false,
            root: null,
            folded: {}, // by key; what is not loaded is folded anyway
            zoom: 1,
            focused: null,
            room: 0,
            busy: false,
            ...this.props.state,
        });
        useSetupAction({getLocalState: () => this.localState});
        onWillStart(() => this.load());
        onMounted(() => this.showFirst());
        onPatched(() => this.showFocused());
        useExternalListener(window, "resize", () => this.onResize());
    }

    /** What is kept while another screen is looked at: not what it may change. */
    get localState() {
        const {questionnaireId, folded, zoom, focused} = this.state;
        return {questionnaireId, folded, zoom, focused, drawn: this.drawn};
    }

    // ------------------------------------------------------------------
    // Data
    // ------------------------------------------------------------------

    async load() {
        const {drawn = FIRST} = this.props.state || {};
        const [header, root] = await Promise.all([
            this.orm.call("crm.profiling.tree", "get_header", []),
            this.fetch([], Math.min(Math.max(drawn, FIRST), MOST)),
        ]);
        this.header = header;
        this.state.root = root;
        if (!this.items.some(({key}) => key === this.state.focused)) {
            this.state.focused = keyOf(root);
        }
    }

    /** How many branches are drawn. */
    get drawn() {
        const count = (node) =>
            node.children.reduce((sum, child) => sum + count(child), 1);
        return count(this.state.root);
    }

    fetch(path, limit) {
        return this.orm.call("crm.profiling.tree", "get_tree", [], {
            questionnaire_id: this.state.questionnaireId,
            path,
            limit,
        });
    }

    async redraw(limit = FIRST) {
        this.state.busy = true;
        try {
            const root = await this.fetch([], limit);
            Object.assign(this.state, {root, folded: {}, focused: keyOf(root)});
            this.toShow = true;
        } finally {
            this.state.busy = false;
        }
    }

    async unfold(node) {
        delete this.state.folded[keyOf(node)];
        if (node.folded) {
            const {children, contacts, not_asked} = await this.fetch(node.path, MORE);
            Object.assign(node, {children, contacts, not_asked, folded: false});
        }
    }

    fold(node) {
        this.state.folded[keyOf(node)] = true;
    }

    async toggle(card) {
        this.state.focused = card.key;
        if (card.unfolded) {
            this.fold(card.node);
        } else {
            await this.unfold(card.node);
        }
    }

    unfoldAll() {
        return this.redraw(MOST);
    }

    foldAll() {
        const {root} = this.state;
        for (const child of root.children) {
            this.fold(child);
        }
        this.state.focused = keyOf(root);
    }

    /** How many branches have not been fetched. */
    get missing() {
        const count = (node) =>
            node.folded ? 1 : node.children.reduce((sum, n) => sum + count(n), 0);
        return count(this.state.root);
    }

    get note() {
        return _t(
            "Folded branches that are not drawn yet: %s. Unfold those you need with their plus signs.",
            this.missing
        );
    }

    // ------------------------------------------------------------------
    // Keyboard
    // ------------------------------------------------------------------

    get focusedElement() {
        return this.drawing.el?.querySelector("[role='treeitem'][tabindex='0']");
    }

    showFocused() {
        if (this.toShow) {
            this.toShow = false;
            this.focusedElement?.scrollIntoView({block: "center"});
        }
        // not before the card that is to get the focus is drawn as the one that has it
        if (this.wanted && this.focusedElement?.dataset.key === this.wanted) {
            this.wanted = null;
            this.focusedElement.focus();
        }
    }

    focus(item) {
        if (item) {
            this.wanted = item.key;
            this.state.focused = item.key;
        }
    }

    /** What the arrows lead to, in order: cards, and where there are several, profiles. */
    get items() {
        return this.layout.cards.flatMap((card) => [
            {key: card.key, level: card.level, card},
            ...(this.hasSeveral(card) ? card.profiles : []).map(({profile}) => ({
                key: this.profileKey(card, profile),
                level: card.level + 1,
                card,
                profile,
            })),
        ]);
    }

    hasSeveral({profiles}) {
        return profiles.length > 1;
    }

    /** One profile is no item of its own: its card takes the focus. */
    tabindexOf(card, profile) {
        if (!this.hasSeveral(card)) {
            return undefined;
        }
        return this.profileKey(card, profile) === this.state.focused ? 0 : -1;
    }

    profileKey(card, profile) {
        return `${card.key},${profile.id}`;
    }

    async onKeydown(ev) {
        const {items} = this;
        const index = items.findIndex(({key}) => key === this.state.focused);
        const item = items[index];
        const keys = {
            ArrowDown: () => this.focus(items[index + 1]),
            ArrowUp: () => this.focus(items[index - 1]),
            ArrowRight: () => this.goRight(item, items[index + 1]),
            ArrowLeft: () => this.goLeft(item, items.slice(0, index)),
            Home: () => this.focus(items[0]),
            End: () => this.focus(items.at(-1)),
            Enter: () =>
                item.profile
                    ? this.openProfile(item.profile)
                    : this.openContacts(item.card.node),
            " ": () =>
                item.profile
                    ? this.openProfile(item.profile)
                    : this.activate(item.card),
            n: () => this.openNotAsked(item.card),
            "+": () => this.zoomBy(1),
            "-": () => this.zoomBy(-1),
        };
        if (item && keys[ev.key] && !ev.ctrlKey && !ev.altKey && !ev.metaKey) {
            ev.preventDefault();
            await keys[ev.key]();
        }
    }

    async goRight({card, level}, next) {
        if (card.node.question && !card.unfolded) {
            await this.toggle(card);
        } else if (next?.level > level) {
            this.focus(next);
        }
    }

    goLeft({card, profile, level}, before) {
        if (card.unfolded && !profile) {
            this.fold(card.node);
        } else {
            this.focus(before.findLast((item) => item.level < level));
        }
    }

    /** Does with the space bar what a click on the lower part of a card does. */
    activate(card) {
        if (card.node.question) {
            return this.toggle(card);
        }
        if (card.node.profiles.length) {
            return this.openProfile(card.node.profiles[0]);
        }
    }

    // ------------------------------------------------------------------
    // Actions
    // ------------------------------------------------------------------

    async openContacts(node, waiting = false) {
        const action = await this.orm.call(
            "crm.profiling.tree",
            "get_contacts_action",
            [],
            {
                path: node.path,
                waiting,
            }
        );
        await this.action.doAction(action);
    }

    openNotAsked({node, notAsked}) {
        return notAsked && this.openContacts(node, node.question.id);
    }

    openProfile(profile) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: profile.name,
            res_model: "crm.profiling.profile",
            res_id: profile.id,
            views: [[false, "form"]],
        });
    }

    openProfiles() {
        return this.action.doAction("crm_profiling.crm_profiling_profile_action");
    }

    async chooseQuestionnaire(ev) {
        this.state.questionnaireId = Number(ev.target.value) || false;
        this.props.updateActionState?.({active_id: this.state.questionnaireId});
        await this.redraw();
    }

    get fileName() {
        const chosen = this.header.questionnaires.find(
            ({id}) => id === this.state.questionnaireId
        );
        return `${chosen ? chosen.name : _t("Decision tree")}.svg`;
    }

    exportSvg() {
        downloadFile(toSvgFile(this.drawing.el), this.fileName, "image/svg+xml");
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("crm_profiling.decision_tree", DecisionTree);
