"""The rates of the European Union's countries, from which the admin goes on."""

from decimal import Decimal

from django.db import migrations

from orders.selling.union import RATES

def write(apps, schema_editor):
    TaxRate = apps.get_model("selling", "TaxRate")
    TaxRate.objects.bulk_create(
        TaxRate(country=country, rate=Decimal(rate), reverse_charge=True)
        for country, rate in RATES.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('selling', '0001_ways_and_rates'),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
