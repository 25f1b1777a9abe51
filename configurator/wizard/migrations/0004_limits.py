"""A budget and a day for each design."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wizard", "0003_showcase_event")]

    operations = [
        migrations.AddField(
            model_name="design",
            name="limits",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="designevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("start", "started"),
                    ("showcase", "took the design shown"),
                    ("choose", "chose"),
                    ("clear", "cleared"),
                    ("text", "wrote"),
                    ("file", "uploaded"),
                    ("repair", "chose and made room"),
                    ("finish", "finished automatically"),
                    ("undo", "undid"),
                    ("redo", "redid"),
                    ("limit", "set budget or day"),
                ],
                max_length=10,
            ),
        ),
    ]
