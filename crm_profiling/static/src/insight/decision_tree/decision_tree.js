import {Component, onMounted, onWillStart, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {downloadFile} from "@web/core/network/download";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {toSvgFile} from "./svg_file";
import {useTreeBranches} from "./tree_branches";
import {useTreeFocus} from "./tree_focus";
import {keyOf} from "./tree_card";
import {layoutTree, linksOf} from "./tree_layout";
import {useTreeLinks} from "./tree_links";
import {FONT_SIZE, textMeasure} from "./tree_text";
import {describeCard, getWords} from "./tree_words";
import {useTreeZoom} from "./tree_zoom";

/** Where cards are drawn below each other, before it is known how much room there is. */
const ROOM = 366;

/** The questions as a tree, their answers as branches, and at its ends what to propose. */
export class DecisionTree extends Component {
    static template = "crm_profiling.DecisionTree";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    describe = describeCard;
    fontSize = FONT_SIZE;

    setup() {
        const kept = this.props.state || {};
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.canvas = useRef("canvas");
        this.drawing = useRef("drawing");
        this.links = useTreeLinks();
        this.branches = useTreeBranches({
            questionnaireId: this.props.action.context?.active_id,
            ...kept,
        });
        this.zoom = useTreeZoom(this.canvas, () => this.layout, kept.zoom);
        this.focus = useTreeFocus(this.drawing, () => this.layout.cards, kept.focused);
        useSetupAction({getLocalState: () => this.localState});
        onWillStart(() => this.load());
        onMounted(() => this.showFirst());
    }

    get localState() {
        const {branches, focus, zoom} = this;
        return {...branches.localState, zoom: zoom.factor, focused: focus.key};
    }

    async load() {
        const {branches, focus} = this;
        [this.header] = await Promise.all([
            this.orm.call("crm.profiling.tree", "get_header", []),
            branches.load(this.props.state?.drawn),
        ]);
        if (!focus.item) {
            focus.key = keyOf(branches.root);
        }
    }

    showFirst() {
        this.zoom.onResize();
        if (this.canvas.el && !this.props.state) {
            this.zoom.fitReadably();
            this.focus.show();
        }
    }

    // ------------------------------------------------------------------
    // What is shown
    // ------------------------------------------------------------------

    /** Whether branches are below each other, as on a phone. */
    get outline() {
        return this.ui.isSmall;
    }

    get layout() {
        return layoutTree(this.branches.root, {
            measure: textMeasure(getComputedStyle(document.body).fontFamily),
            words: getWords(),
            isUnfolded: (key) => this.branches.isUnfolded(key),
            outline: this.outline,
            room: this.zoom.room || ROOM,
        });
    }

    linesTo(card) {
        return linksOf(card, this.outline);
    }

    expanded({node, unfolded}) {
        return node.question ? String(unfolded) : undefined;
    }

    get note() {
        return _t(
            "Folded branches that are not drawn yet: %s. Unfold those you need with their plus signs.",
            this.branches.missing
        );
    }

    // ------------------------------------------------------------------
    // Unfolding
    // ------------------------------------------------------------------

    /** Shows another tree from its root on, once it is there. */
    async showAnew(coming) {
        await coming;
        this.focus.key = keyOf(this.branches.root);
        this.focus.show();
    }

    async chooseQuestionnaire(ev) {
        const id = Number(ev.target.value) || false;
        this.props.updateActionState?.({active_id: id});
        await this.showAnew(this.branches.chooseQuestionnaire(id));
    }

    async toggle(card) {
        this.focus.key = card.key;
        if (card.unfolded) {
            this.branches.fold(card.node);
        } else {
            await this.branches.unfold(card.node);
        }
    }

    unfoldAll() {
        return this.showAnew(this.branches.unfoldAll());
    }

    foldAll() {
        this.branches.foldAll();
        this.focus.key = keyOf(this.branches.root);
    }

    /** Does with the space bar what a click on the lower part of a card does. */
    activate(card) {
        if (card.node.question) {
            return this.toggle(card);
        }
        if (card.node.profiles.length) {
            return this.links.openProfile(card.node.profiles[0]);
        }
    }

    // ------------------------------------------------------------------
    // Keyboard
    // ------------------------------------------------------------------

    async onKeydown(ev) {
        const {focus, zoom} = this;
        const {item} = focus;
        const keys = {
            ArrowDown: () => focus.moveBy(1),
            ArrowUp: () => focus.moveBy(-1),
            ArrowRight: () => this.goRight(item),
            ArrowLeft: () => this.goLeft(item),
            Home: () => focus.moveToFirst(),
            End: () => focus.moveToLast(),
            Enter: () =>
                item.profile
                    ? this.links.openProfile(item.profile)
                    : this.links.openContacts(item.card.node),
            " ": () =>
                item.profile
                    ? this.links.openProfile(item.profile)
                    : this.activate(item.card),
            n: () => this.links.openNotAsked(item.card),
            "+": () => zoom.by(1),
            "-": () => zoom.by(-1),
        };
        if (item && keys[ev.key] && !ev.ctrlKey && !ev.altKey && !ev.metaKey) {
            ev.preventDefault();
            await keys[ev.key]();
        }
    }

    async goRight({card}) {
        if (card.node.question && !card.unfolded) {
            await this.toggle(card);
        } else {
            this.focus.moveDown();
        }
    }

    goLeft({card, profile}) {
        if (card.unfolded && !profile) {
            this.branches.fold(card.node);
        } else {
            this.focus.moveUp();
        }
    }

    // ------------------------------------------------------------------
    // On paper and in a file
    // ------------------------------------------------------------------

    get fileName() {
        const chosen = this.header.questionnaires.find(
            ({id}) => id === this.branches.questionnaireId
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
