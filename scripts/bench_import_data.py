"""The file of prospects that is imported, and the questions and profiles it meets."""

import base64
import csv
import io
import random

from odoo.fields import Command

SEED = 19
QUESTIONS = {
    "Bench journalist?": ["Yes", "No"],
    "Bench sector?": ["IT", "ERP consultant", "Services", "Industry", "Others"],
    "Bench staff?": ["1", "2-20", "21-50", "51-100", "101-500", "500+"],
    "Bench function?": ["Decision-maker", "Not decision-maker"],
    "Bench specification?": ["Yes", "Soon", "No"],
    "Bench budget?": ["Unknown", "<100k", "101-300k", ">300k"],
}
PROFILES = 20
CONTACT = [
    "Name",
    "Company",
    "E-mail",
    "Phone",
    "Job position",
    "City",
    "Country",
    "Notes",
]
NOTES = ["", "", "Met at the stand.", "Wants an offer by Friday; call after ten."]


class Prospects:
    """Prospects with their answers, always the same ones."""

    def __init__(self, env, size):
        self.env, self.size = env, size
        self.pick = random.Random(SEED)
        self.questions = self.create_questions()
        self.profiles = self.create_profiles()
        self.rows = self.make_rows()

    def create_questions(self):
        return self.env["crm.profiling.question"].create(
            [
                {
                    "name": name,
                    "answer_ids": [Command.create({"name": a}) for a in answers],
                }
                for name, answers in QUESTIONS.items()
            ]
        )

    def create_profiles(self):
        """Profiles that ask two or three questions; return them in words."""
        profiles = []
        for number in range(PROFILES):
            rule = {}
            for question in self.pick.sample(self.questions, self.pick.choice((2, 3))):
                answers = question.answer_ids
                rule[question] = self.pick.sample(answers, (len(answers) + 1) // 2)
            tag = self.env["res.partner.category"].create({"name": f"Bench {number}"})
            self.env["crm.profiling.profile"].create(
                {
                    "name": tag.name,
                    "category_id": tag.id,
                    "required_answer_ids": [
                        Command.link(a.id) for answers in rule.values() for a in answers
                    ],
                }
            )
            names = {q.name: {a.name for a in answers} for q, answers in rule.items()}
            profiles.append((tag.name, names))
        return profiles

    def make_rows(self):
        companies = [f"Bench company {number}" for number in range(self.size // 4)]
        rows = []
        for number in range(self.size):
            company = self.pick.choice(companies) if self.pick.random() < 0.7 else ""
            contact = (
                f"Bench prospect {number}",
                company,
                f"prospect.{number}@bench.example.com",
                # numbers that there may be, for others are read in several ways
                f"+44 20 {7900 + number // 10_000} {number % 10_000:04}",
                self.pick.choice(("Buyer", "Head of IT", "Owner")),
                "" if company else "Leeds",
                "" if company else "United Kingdom",
                self.pick.choice(NOTES),
            )
            answers = [self.pick.choice(answers) for answers in QUESTIONS.values()]
            rows.append([*contact, *answers])
        return rows

    def file(self):
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow([*CONTACT, *QUESTIONS])
        writer.writerows(self.rows)
        return base64.b64encode(file.getvalue().encode()).decode()
