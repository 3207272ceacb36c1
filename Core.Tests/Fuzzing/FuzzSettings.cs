using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Tests.Testing;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>The settings that rows are mapped with, and the mappers.</summary>
internal static class FuzzSettings
{
    public static readonly Settings Settings = SettingsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                TestSettings.Complete(
                    new Uri("https://example.bitrix24.ru/rest/1/token/"),
                    new Uri("https://otmechalka.example.com/"),
                    "key"
                )
            )
            .Build()
    );

    public static readonly ContactMapper Contacts = new(Settings.Contact);

    public static readonly DealMapper Deals = new(Settings.Deal);

    public static readonly ContactJob ContactJob = new(null!, Settings.Contact, Settings.Sync, default);

    public static readonly EntityQueries ContactTable = ContactJob.Table;

    public static readonly EntityQueries DealTable = new DealJob(null!, null!, Settings.Deal, Settings.Sync, default, null!).Table;

    /// <summary>A whole contact that can be sent.</summary>
    public static readonly Card Contact = TestCards.Card(
        """
        "UF_CRM_57AD7FAF7E6C4":"Петров","UF_CRM_1608028374":"Василий","LAST_NAME":"Петров","NAME":"Иван",
        "PHONE":[{"VALUE":"8 (926) 123-45-67"}],
        "UF_CRM_58D15BB9CA8F4":["410"]
        """
    );

    /// <summary>The client that is made of <see cref="Contact"/>.</summary>
    public static ReadyClient Client => (ReadyClient)Contacts.Map(Contact);
}
