import {onWillDestroy} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/**
 * Calls back with what the server tells by its bus, while the component is there: one
 * that is left before it is shown hears nothing any more, either.
 *
 * @param {string} type of the news
 * @param {(news: Object) => void} callback
 */
export function useNews(type, callback) {
    const bus = useService("bus_service");
    bus.subscribe(type, callback);
    onWillDestroy(() => bus.unsubscribe(type, callback));
}
