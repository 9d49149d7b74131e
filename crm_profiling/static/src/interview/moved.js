import {deepEqual} from "@web/core/utils/objects";
import {getGroup} from "../matching/result/groups";

/**
 * @param {Object[]} before
 * @param {Object[]} after
 * @returns {Object[]} those after; where nothing is otherwise, the very ones from before
 */
export function keepSame(before, after) {
    const known = new Map(before.map((one) => [one.id, one]));
    return after.map((one) => {
        const old = known.get(one.id);
        return old !== one && deepEqual(old, one) ? old : one;
    });
}

/** @returns {Map<number, string>} the group of each profile */
function getGroups(screen) {
    const groups = new Map();
    for (const group of ["matched", "open", "ruled_out"]) {
        for (const {id} of getGroup(screen, group)) {
            groups.set(id, group);
        }
    }
    return groups;
}

/**
 * @param {Object} before what the screen said
 * @param {Object} after what it says
 * @returns {number[]} ids of the profiles that are in another group since
 */
export function getMoved(before, after) {
    const groupOf = getGroups(before);
    return [...getGroups(after)]
        .filter(([id, group]) => groupOf.get(id) !== group)
        .map(([id]) => id);
}
