from django.db.migrations.operations.base import Operation


class AddTriggers(Operation):
    """Add triggers to many tables at once: ``triggers`` are pairs of a model's name and a trigger.

    What is added one by one makes Django build every model anew after each.
    """

    def __init__(self, triggers):
        self.triggers = triggers

    def state_forwards(self, app_label, state):
        for name, trigger in self.triggers:
            options = state.models[app_label, name].options
            options["triggers"] = [*options.get("triggers", []), trigger]

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for _, trigger in self.triggers:
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for _, trigger in self.triggers:
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self):
        return f"Add {len(self.triggers)} triggers"
