from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_from_lines(apps, schema_editor):
    """Until now a work order built what its order line says."""
    lines = apps.get_model("orders", "OrderLine").objects.filter(pk=OuterRef("line_id"))
    apps.get_model("factory", "WorkOrder").objects.filter(specification=None).update(
        specification_id=Subquery(lines.values("specification_id")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("factory", "0002_benches")]

    operations = [migrations.RunPython(take_from_lines, migrations.RunPython.noop)]
