import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0008_designs_to_lines'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='order',
            name='design',
        ),
        migrations.RemoveField(
            model_name='order',
            name='design_revision',
        ),
        migrations.AlterField(
            model_name='orderline',
            name='design',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_lines', to='wizard.design', verbose_name='design'),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='design_revision',
            field=models.PositiveIntegerField(verbose_name='revision of the design'),
        ),
        migrations.AlterField(
            model_name='orderline',
            name='promised_on',
            field=models.DateField(verbose_name='promised for'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('design', 'design_revision'), name='one_order_a_design_revision'),
        ),
    ]
