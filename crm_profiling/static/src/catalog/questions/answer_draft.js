import {onWillUpdateProps, useComponent, useState} from "@odoo/owl";
import {x2ManyCommands} from "@web/core/orm_service";
import {useBus} from "@web/core/utils/hooks";

/**
 * The answers in the many2many fields of a record, with what was clicked since.
 *
 * The record takes one change at a time and waits for the server's onchange after
 * each. A salesperson clicks faster than that: a click is shown at once, and clicks
 * made while a change is under way go out together in the next one. Deciding what to
 * unlink from the record alone would be wrong meanwhile: it does not know yet the
 * answer that the previous click gave.
 */
class AnswerDraft {
    constructor(getRecord, pending) {
        this.getRecord = getRecord;
        this.pending = pending; // "field,answer id" -> whether it shall be in the field
        this.sending = null;
    }

    /**
     * @param {string} fieldName
     * @returns {number[]} ids of the answers in that field, as the user sees them
     */
    getIds(fieldName) {
        const ids = new Set(this.getRecord().data[fieldName].currentIds);
        for (const [key, isIn] of this.pending) {
            const [name, id] = this.parseKey(key);
            if (name === fieldName) {
                ids[isIn ? "add" : "delete"](id);
            }
        }
        return [...ids];
    }

    /**
     * Puts answers into fields and takes others out, in one update of the record.
     *
     * @param {Record<string, { add?: number[], remove?: number[] }>} changes by field
     */
    apply(changes) {
        for (const [fieldName, {add = [], remove = []}] of Object.entries(changes)) {
            for (const id of remove) {
                this.pending.set(`${fieldName},${id}`, false);
            }
            for (const id of add) {
                this.pending.set(`${fieldName},${id}`, true);
            }
        }
        return this.send();
    }

    send() {
        this.sending ||= this.sendAll().finally(() => {
            this.sending = null;
        });
        return this.sending;
    }

    forget() {
        this.pending.clear();
    }

    async sendAll() {
        const record = this.getRecord();
        try {
            while (this.pending.size && record.id === this.getRecord().id) {
                const batch = [...this.pending];
                await this.sendBatch(record, batch);
                for (const [key, isIn] of batch) {
                    if (this.pending.get(key) === isIn) {
                        this.pending.delete(key);
                    }
                }
            }
        } catch (error) {
            this.forget();
            throw error;
        }
    }

    async sendBatch(record, batch) {
        const changes = {};
        for (const [key, isIn] of batch) {
            const [fieldName, id] = this.parseKey(key);
            if (record.data[fieldName].currentIds.includes(id) !== isIn) {
                const command = isIn ? x2ManyCommands.LINK : x2ManyCommands.UNLINK;
                changes[fieldName] ||= [];
                changes[fieldName].push([command, id]);
            }
        }
        if (Object.keys(changes).length) {
            await record.update(changes);
        }
    }

    parseKey(key) {
        const [fieldName, id] = key.split(",");
        return [fieldName, Number(id)];
    }
}

/**
 * @returns {AnswerDraft} of the record of the field component that uses this hook
 */
export function useAnswerDraft() {
    const component = useComponent();
    const draft = new AnswerDraft(() => component.props.record, useState(new Map()));
    useBus(component.props.record.model.bus, "NEED_LOCAL_CHANGES", ({detail}) => {
        if (draft.pending.size) {
            detail.proms.push(draft.send());
        }
    });
    onWillUpdateProps((nextProps) => {
        if (nextProps.record.id !== component.props.record.id) {
            draft.forget();
        }
    });
    return draft;
}
