import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {layoutTree, linksOf} from "./tree_layout";
import {textMeasure} from "./tree_text";

// How small the letters may become without being asked for.
const READABLE = 0.7;

const ZOOMS = [0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];

/** A tree as a picture: how it is drawn, zoomed, fitted and dragged. */
export class TreePicture extends Component {
    get outline() {
        return this.ui.isSmall;
    }

    get layout() {
        return layoutTree(this.state.root, {
            measure: textMeasure(this.fontFamily),
            words: this.words,
            isUnfolded: (key) => !this.state.folded[key],
            outline: this.outline,
            room: this.state.room || 366,
        });
    }

    get fontFamily() {
        return getComputedStyle(document.body).fontFamily;
    }

    get words() {
        return {
            root: _t("Contacts with answers"),
            nothing: _t("Nothing to propose"),
            open: (count) => _t("Profiles left open: %s", formatInteger(count)),
            notAsked: (count) => _t("Not asked yet: %s", formatInteger(count)),
        };
    }

    links(card) {
        return linksOf(card, this.outline);
    }

    /** Says to a screen reader what a card says to the eye. */
    description({node, notAsked}) {
        const parts = [
            node.label || this.words.root,
            _t("contacts: %s", formatInteger(node.contacts)),
        ];
        if (node.question) {
            parts.push(node.question.name);
        } else if (node.profiles.length) {
            parts.push(...node.profiles.map(({tag, name}) => `${tag} (${name})`));
        } else if (!node.open) {
            parts.push(this.words.nothing);
        }
        if (!node.question && node.open) {
            parts.push(this.words.open(node.open));
        }
        if (notAsked) {
            parts.push(_t("%s; N opens them", this.words.notAsked(node.not_asked)));
        }
        return parts.join(", ");
    }

    expanded({node, unfolded}) {
        return node.question ? String(unfolded) : undefined;
    }

    showFirst() {
        this.onResize();
        if (this.canvas.el && !this.props.state) {
            this.fit(READABLE);
            this.toShow = true;
        }
    }

    onResize() {
        if (this.canvas.el) {
            this.state.room = this.canvas.el.clientWidth;
        }
    }

    zoomBy(step) {
        const nearest = ZOOMS.findLastIndex((zoom) => zoom <= this.state.zoom + 0.001);
        const index = Math.min(Math.max(nearest + step, 0), ZOOMS.length - 1);
        this.state.zoom = ZOOMS[index];
    }

    /**
     * Makes the whole tree visible.
     *
     * @param {number} [least] how small it may become for that
     */
    fit(least = ZOOMS[0]) {
        const {clientWidth, clientHeight} = this.canvas.el;
        const {width, height} = this.layout;
        const zoom = Math.min(clientWidth / width, clientHeight / height, 1);
        this.state.zoom = Math.max(zoom, least);
    }

    onWheel(ev) {
        if (ev.ctrlKey) {
            ev.preventDefault();
            this.zoomBy(ev.deltaY < 0 ? 1 : -1);
        }
    }

    /** Drags the picture; a finger scrolls it anyway. */
    onPointerDown(ev) {
        this.dragged = false; // a drag that ended elsewhere
        if (ev.pointerType === "mouse" && ev.button === 0) {
            const {scrollLeft, scrollTop} = this.canvas.el;
            this.drag = {x: ev.clientX, y: ev.clientY, scrollLeft, scrollTop};
        }
    }

    onPointerMove(ev) {
        if (this.drag && ev.buttons) {
            const {x, y, scrollLeft, scrollTop} = this.drag;
            this.canvas.el.scrollTo(
                scrollLeft + x - ev.clientX,
                scrollTop + y - ev.clientY
            );
            this.dragged = Math.hypot(x - ev.clientX, y - ev.clientY) > 4;
        }
    }

    /** The click that ends a drag is none. */
    onClickCapture(ev) {
        if (this.dragged) {
            ev.stopPropagation();
        }
        this.drag = null;
        this.dragged = false;
    }
}
