"""Which language a person has chosen to read the screens in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0002_everyones_roles")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
                max_length=2,
                verbose_name="språk",
            ),
        ),
    ]
