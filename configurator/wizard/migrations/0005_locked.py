from django.db import migrations, models


class Migration(migrations.Migration):
    """Options of a design that stay as they are, and what is told above it."""

    dependencies = [("wizard", "0004_limits")]

    operations = [
        migrations.AddField("design", "locked", models.JSONField(blank=True, default=dict)),
        migrations.AddField("design", "notice", models.JSONField(blank=True, default=dict)),
        migrations.AlterField(
            "designevent",
            "kind",
            models.CharField(
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
                    ("lock", "went back to what can’t be changed"),
                ],
                max_length=10,
            ),
        ),
    ]
