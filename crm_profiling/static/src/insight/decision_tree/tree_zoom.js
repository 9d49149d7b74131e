import {useExternalListener, useState} from "@odoo/owl";

// How small the letters may become without being asked for.
const READABLE = 0.7;

const ZOOMS = [0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];

/** How much of a picture is in view, and which part: it is zoomed and dragged. */
class TreeZoom {
    /**
     * @param {{ el: HTMLElement }} canvas in which the picture is
     * @param {() => { width: number, height: number }} getSize of the picture
     * @param {Object} state
     */
    constructor(canvas, getSize, state) {
        this.canvas = canvas;
        this.getSize = getSize;
        this.state = state;
        this.drag = null;
        this.isDragged = false;
    }

    get factor() {
        return this.state.factor;
    }

    /** How wide the canvas is, once it is there. */
    get room() {
        return this.state.room;
    }

    onResize() {
        if (this.canvas.el) {
            this.state.room = this.canvas.el.clientWidth;
        }
    }

    by(step) {
        const nearest = ZOOMS.findLastIndex((zoom) => zoom <= this.factor + 0.001);
        const index = Math.min(Math.max(nearest + step, 0), ZOOMS.length - 1);
        this.state.factor = ZOOMS[index];
    }

    /**
     * Makes the whole picture visible.
     *
     * @param {number} [least] how small it may become for that
     */
    fit(least = ZOOMS[0]) {
        const {clientWidth, clientHeight} = this.canvas.el;
        const {width, height} = this.getSize();
        const zoom = Math.min(clientWidth / width, clientHeight / height, 1);
        this.state.factor = Math.max(zoom, least);
    }

    fitReadably() {
        this.fit(READABLE);
    }

    onWheel(ev) {
        if (ev.ctrlKey) {
            ev.preventDefault();
            this.by(ev.deltaY < 0 ? 1 : -1);
        }
    }

    /** Drags the picture; a finger scrolls it anyway. */
    onPointerDown(ev) {
        this.isDragged = false; // a drag that ended elsewhere
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
            this.isDragged = Math.hypot(x - ev.clientX, y - ev.clientY) > 4;
        }
    }

    /** The click that ends a drag is none. */
    onClickCapture(ev) {
        if (this.isDragged) {
            ev.stopPropagation();
        }
        this.drag = null;
        this.isDragged = false;
    }
}

/**
 * @param {{ el: HTMLElement }} canvas
 * @param {() => { width: number, height: number }} getSize of the picture
 * @param {number} [factor] that it was looked at with before
 * @returns {TreeZoom}
 */
export function useTreeZoom(canvas, getSize, factor = 1) {
    const zoom = new TreeZoom(canvas, getSize, useState({factor, room: 0}));
    useExternalListener(window, "resize", () => zoom.onResize());
    return zoom;
}
