import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("factory", "0003_specifications"), ("orders", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="workorder",
            name="specification",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="work_orders",
                to="orders.specification",
                verbose_name="specification",
            ),
        ),
    ]
