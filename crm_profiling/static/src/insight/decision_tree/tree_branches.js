import {useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {keyOf} from "./tree_card";

// Branches asked of the server: at first, below one that is unfolded, and at the most.
const FIRST = 40;
const MORE = 12;
const MOST = 400;

/** The branches of a decision tree: fetched as they are unfolded. */
class TreeBranches {
    constructor(orm, state) {
        this.orm = orm;
        this.state = state;
    }

    get root() {
        return this.state.root;
    }

    get isBusy() {
        return this.state.isBusy;
    }

    get questionnaireId() {
        return this.state.questionnaireId;
    }

    /** What is kept while another screen is looked at: not what it may change. */
    get localState() {
        const {questionnaireId, folded} = this.state;
        return {questionnaireId, folded, drawn: this.drawn};
    }

    /** @param {number} [drawn] how many branches were drawn before */
    async load(drawn = FIRST) {
        const limit = Math.min(Math.max(drawn, FIRST), MOST);
        this.state.root = await this.fetch([], limit);
    }

    fetch(path, limit) {
        return this.orm.call("crm.profiling.tree", "get_tree", [], {
            questionnaire_id: this.questionnaireId,
            path,
            limit,
        });
    }

    async redraw(limit = FIRST) {
        this.state.isBusy = true;
        try {
            const root = await this.fetch([], limit);
            Object.assign(this.state, {root, folded: {}});
        } finally {
            this.state.isBusy = false;
        }
    }

    chooseQuestionnaire(id) {
        this.state.questionnaireId = id;
        return this.redraw();
    }

    isUnfolded(key) {
        return !this.state.folded[key];
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

    unfoldAll() {
        return this.redraw(MOST);
    }

    foldAll() {
        for (const child of this.root.children) {
            this.fold(child);
        }
    }

    /** How many branches are drawn. */
    get drawn() {
        const count = (node) =>
            node.children.reduce((sum, child) => sum + count(child), 1);
        return count(this.root);
    }

    /** How many branches have not been fetched. */
    get missing() {
        const count = (node) =>
            node.folded ? 1 : node.children.reduce((sum, n) => sum + count(n), 0);
        return count(this.root);
    }
}

/**
 * @param {Object} kept of the branches that were looked at before, if any were
 * @param {number | false} [kept.questionnaireId]
 * @param {Object} [kept.folded]
 * @returns {TreeBranches}
 */
export function useTreeBranches({questionnaireId = false, folded = {}}) {
    const state = useState({
        questionnaireId,
        root: null,
        folded, // by key; what is not loaded is folded anyway
        isBusy: false,
    });
    return new TreeBranches(useService("orm"), state);
}
