import {Component, useState} from "@odoo/owl";
import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {getFailure} from "../catalog/server/failures";

const SHOWN = 7;

/** The name of a company: those that exist are proposed, as Odoo does elsewhere. */
export class CompanyInput extends Component {
    static template = "crm_profiling.CompanyInput";
    static components = {AutoComplete};
    static props = {
        value: String,
        /** Called with what is typed or chosen. */
        onInput: Function,
    };

    setup() {
        this.orm = useService("orm").silent;
        // what was chosen, not each letter since: the proposals would close with it
        this.state = useState({value: this.props.value});
        this.onTyped = ({inputValue}) => this.props.onInput(inputValue);
    }

    get sources() {
        return [{options: (text) => this.propose(text)}];
    }

    /** The first one is chosen by Enter; that it is none of them comes last. */
    async propose(text) {
        const names = text ? await this.find(text) : [];
        const isOneOfThem = names.some(
            (name) => name.toLowerCase() === text.toLowerCase()
        );
        if (names.length && !isOneOfThem) {
            names.push(text);
        }
        return names.map((name) => ({
            label: name === text && !isOneOfThem ? _t("New company “%s”", name) : name,
            onSelect: () => this.choose(name),
        }));
    }

    async find(text) {
        const domain = [
            ["is_company", "=", true],
            ["name", "ilike", text],
        ];
        try {
            const found = await this.orm.searchRead("res.partner", domain, ["name"], {
                limit: SHOWN,
            });
            return [...new Set(found.map(({name}) => name))];
        } catch (error) {
            getFailure(error); // then one types the whole name
            return [];
        }
    }

    choose(name) {
        this.state.value = name;
        this.props.onInput(name);
    }
}
