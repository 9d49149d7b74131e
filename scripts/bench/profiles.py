"""Profiles by a seeded generator, always the same, and what their runs leave."""

import random

from data import NAME, Data

from odoo.fields import Command

SEED = 19


class Profiled(Data):
    """What was generated, with profiles that come and go."""

    def __init__(self, env, schema, contacts):
        super().__init__(env, schema, contacts)
        self.profiles = env["crm.profiling.profile"]

    def create_profiles(self, count):
        """Trees up to five deep: roots ask two questions, children one more."""
        pick = random.Random(SEED)
        Profile = self.env["crm.profiling.profile"]
        # No worker of a server beside us begins a run before all are there.
        cron = self.env.ref("crm_profiling.ir_cron_apply_profiles")
        cron.sudo().lock_for_update()
        tags = self.env["res.partner.category"].create(
            [{"name": f"{NAME} tag {number}"} for number in range(count)]
        )
        profiles, depth = [], {Profile: 0}
        for number, tag in enumerate(tags):
            parents = [profile for profile in profiles if depth[profile] < 5]
            parent = Profile
            if parents and pick.random() < 0.6:
                parent = pick.choice(parents)
            required, excluded = self.pick_answers(pick, 1 if parent else 2)
            profile = Profile.create(
                {
                    "name": f"{NAME} profile {number}",
                    "parent_id": parent.id,
                    "category_id": tag.id,
                    "required_answer_ids": [Command.set(required)],
                    "excluded_answer_ids": [Command.set(excluded)],
                }
            )
            depth[profile] = depth[parent] + 1
            profiles.append(profile)
        self.profiles = Profile.union(*profiles)
        self.commit()

    def pick_answers(self, pick, questions):
        """Return answers to require, 40 % of each question's, and some to exclude."""
        required, excluded = [], []
        for answers in pick.sample(self.answers, questions):
            wanted = pick.sample(answers, max(1, round(0.4 * len(answers))))
            required += wanted
            if pick.random() < 0.3:
                excluded.append(pick.choice(sorted(set(answers) - set(wanted))))
        return required, excluded

    def drop_profiles(self):
        self.forget_results()
        for profile in reversed(self.profiles):  # children first
            profile.unlink()
        self.env["crm.profiling.run"].search([]).unlink()
        self.commit("crm_profiling_state")

    def forget_results(self):
        """Undo all runs: no memberships, no tags; what contacts answered is known."""
        self.cr.execute("TRUNCATE crm_profiling_membership")
        self.cr.execute("TRUNCATE res_partner_res_partner_category_rel")
        self.cr.execute(
            "UPDATE crm_profiling_state SET matched = '{}' WHERE matched <> '{}'"
        )
        self.commit(
            "crm_profiling_state",
            "crm_profiling_membership",
            "res_partner_res_partner_category_rel",
        )
