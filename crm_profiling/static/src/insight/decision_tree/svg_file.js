const STYLES = [
    "fill",
    "stroke",
    "stroke-width",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
];

/**
 * Returns a drawing as a file of its own: with the colours and fonts that style sheets
 * give it on the screen, on the same background.
 *
 * @param {SVGElement} svg
 * @returns {string}
 */
export function toSvgFile(svg) {
    const copy = svg.cloneNode(true);
    const originals = [svg, ...svg.querySelectorAll("*")];
    const copies = [copy, ...copy.querySelectorAll("*")];
    originals.forEach((original, index) => {
        const style = getComputedStyle(original);
        const values = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`);
        copies[index].setAttribute("style", values.join(";"));
        for (const name of ["class", "tabindex", "role"]) {
            copies[index].removeAttribute(name);
        }
    });
    copies.filter((el) => el.dataset.screenOnly).forEach((el) => el.remove());
    const {width, height} = svg.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.prepend(background(svg));
    return new XMLSerializer().serializeToString(copy);
}

function background(svg) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("width", "100%");
    rect.setAttribute("height", "100%");
    rect.setAttribute("fill", getComputedStyle(svg.parentElement).backgroundColor);
    return rect;
}
