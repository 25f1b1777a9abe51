import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0006_accounts'),
        ('wizard', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='order',
            name='one_order_a_design_revision',
        ),
        migrations.AlterField(
            model_name='order',
            name='design',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='wizard.design', verbose_name='design'),
        ),
        migrations.AlterField(
            model_name='order',
            name='design_revision',
            field=models.PositiveIntegerField(null=True, verbose_name='revision of the design'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='design',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_lines', to='wizard.design', verbose_name='design'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='design_revision',
            field=models.PositiveIntegerField(null=True, verbose_name='revision of the design'),
        ),
        migrations.AddField(
            model_name='orderline',
            name='promised_on',
            field=models.DateField(null=True, verbose_name='promised for'),
        ),
    ]
