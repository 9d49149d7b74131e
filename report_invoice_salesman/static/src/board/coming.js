import {barWidth, sum} from "../figures";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** What fills the bar of the year: invoiced, to invoice, pipeline. */
export class Coming extends Component {
    static template = "report_invoice_salesman.Coming";
    static props = {coming: Object, year: Object, format: Function};

    get parts() {
        const {coming, year} = this.props;
        return [
            {key: "invoiced", name: _t("Invoiced"), value: year.achieved},
            {key: "to_invoice", name: _t("To invoice"), value: coming.to_invoice},
            {
                key: "pipeline",
                name: _t("Pipeline, by probability"),
                value: coming.pipeline,
            },
        ].filter(({value}) => value !== null);
    }

    get whole() {
        const values = this.parts.map(({value}) => Math.max(0, value));
        return Math.max(this.props.year.target, sum(values));
    }

    width(value) {
        return barWidth(value, this.whole);
    }

    get targetText() {
        return _t("Target: %s", this.props.format(this.props.year.target));
    }
}
