using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// Whatever the operator sets: settings that everything can be built of, or one exception that names all that is wrong and
/// tells no secret.
/// </summary>
public sealed class SettingsTests
{
    private static readonly string[] Required =
    [
        "SYNC_START_DATE",
        "Bitrix24:WebhookUrl",
        "Otmechalka:BaseUrl",
        "Otmechalka:ApiKey",
        "Mapping:Contact:StatusField",
        "Mapping:Contact:StudentLastNameField",
        "Mapping:Contact:BirthdateField",
        "Mapping:Contact:Routes:1:Product",
        "Mapping:Contact:Routes:1:BranchOffice",
        "Mapping:Contact:Routes:2:Courses:1",
        "Mapping:Deal:StatusField",
        "Mapping:Deal:SellingDateField",
        "Mapping:Deal:BranchOffices:186",
    ];

    private static readonly string[] Optional =
    [
        "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP",
        "SYNC_DEAL_LAST_MODIFY_TIMESTAMP",
        "CONTACT_SYNC_SCHEDULE",
        "Otmechalka:AuthHeader",
        "Otmechalka:AuthScheme",
        "Otmechalka:Timeout",
        "Otmechalka:Concurrency",
        "Bitrix24:Timeout",
        "Bitrix24:RequestsPerSecond",
        "Bitrix24:Burst",
        "Sync:TimeBudget",
        "Sync:LookBack",
        "Sync:FullResyncInterval",
        "Sync:SweepInterval",
        "Sync:TableName",
        "AzureWebJobsStorage:accountName",
        "AzureWebJobsStorage:tableServiceUri",
        "AzureWebJobsStorage",
        "Mapping:Contact:Routes",
        "Mapping:Contact:Routes:7:Product",
        "Mapping:Contact:Routes:0:Courses",
        "Mapping:Contact:Routes:0:Branch",
        "Mapping:Deal:Stages",
        "Mapping:Deal:Stages:0",
        "Mapping:Deal:CashPaymentMethods",
        "Mapping:Deal:CashPaymentMethods:0",
        "Mapping:Deal:BranchOffices",
        "Mapping:Deal:BranchOffices:",
        "Mapping:Deal",
        "Mapping:Contact",
        "Mapping",
    ];

    // Those of the complete settings in which nothing invisible may stand: all of two characters or more.
    private static readonly string[] Whole = [.. Complete().Where(pair => pair.Value!.Length > 1).Select(pair => pair.Key)];

    private static readonly Gen<string?> Value = Gen.Frequency(
        (
            3,
            Choice.Of<string?>(
                null,
                "",
                " ",
                "0",
                "-1",
                "1",
                "NaN",
                "1e999",
                "00:00:30",
                "99.00:00:00",
                "99999999999",
                "24:61:00",
                "10675199.02:48:05.4775807",
                "0001-01-01",
                "9999-12-31T23:59:59",
                "2020-12-20T00:00:00-14:00",
                "https://",
                "https://user:pw@example.com/",
                "http://example.com/",
                "//x",
                "https://example.bitrix24.ru/rest/1/a b/",
                "https://пример.рф/rest/1/x/",
                "https://[::1",
                "file:///x",
                "https://example.com:99999/",
                "@Microsoft.KeyVault(x)",
                "Content-Type",
                "Host",
                "Authorization",
                "Токен",
                "a\r\nX: y",
                "UseDevelopmentStorage=true",
                "AccountName=x",
                "DefaultEndpointsProtocol=https;AccountName=;AccountKey=%;",
                "410",
                "UF_CRM_SYNC_STATUS",
                "uf_crm_x"
            )
        ),
        (1, FieldGen.DateText.Select(text => (string?)text)),
        (1, Gen.String[0, 30].Select(text => (string?)text)),
        (1, Gen.Int[1, 400].Select(length => (string?)new string('a', length)))
    );

    private static readonly Gen<(string Name, string? Value)[]> Changes = Gen.Select(Choice.Of([.. Required, .. Optional]), Value).Array[
        1,
        5
    ];

    [Fact]
    public void Read_AnySettings_AreUsableOrAllProblemsAreNamed() => Changes.Sample(changes => Check(changes, _ => { }), iter: 6_000);

    [Fact]
    public void AddB24Otmechalka_SettingsThatWereRead_BuildsEverything() => Changes.Sample(changes => Check(changes, Compose), iter: 800);

    [Fact]
    public void Read_SeveralRequiredSettingsEmpty_NamesEachOfThem() =>
        Gen.Select(Choice.Of(Required), Choice.Of<string?>(null, "", "  "))
            .Array[1, 6]
            .Sample(
                changes =>
                {
                    var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(Build(changes)));
                    Assert.Empty(
                        changes
                            .Select(change => change.Item1.Replace(":", "__", StringComparison.Ordinal))
                            .Except(error.Problems.Select(problem => problem.Setting))
                    );
                },
                iter: 2_000
            );

    /// <summary>Whatever nobody sees around values and keys, they mean what they mean without.</summary>
    [Fact]
    public void Read_InvisibleCharactersAroundValuesAndKeys_GivesTheSameSettings()
    {
        var expected = TestSettings.Text(SettingsReader.Read(Build([])));
        Gen.Select(InvisibleGen.Around.Array[60], InvisibleGen.Around.Array[2])
            .Sample(
                (around, aroundKeys) =>
                {
                    var decorated = Complete()
                        .Select(
                            (pair, i) =>
                                KeyValuePair.Create(
                                    pair.Key.StartsWith("Mapping:Deal:BranchOffices:", StringComparison.Ordinal)
                                        ? "Mapping:Deal:BranchOffices:"
                                            + InvisibleGen.Put(aroundKeys[i % 2], pair.Key[(pair.Key.LastIndexOf(':') + 1)..])
                                        : pair.Key,
                                    (string?)InvisibleGen.Put(around[i], pair.Value!)
                                )
                        );
                    Assert.Equal(
                        expected,
                        TestSettings.Text(SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(decorated).Build()))
                    );
                },
                iter: 500
            );
    }

    /// <summary>One inside a code, an ID, a key or an address is told by the setting's name, never by its value.</summary>
    [Fact]
    public void Read_AnInvisibleCharacterInsideAValue_NamesThatSetting() =>
        Gen.Select(Choice.Of([.. Whole]), InvisibleGen.One, Gen.Int[1, 1000])
            .Sample(
                (name, mark, place) =>
                {
                    var value = Complete()[name]!;
                    var broken = value.Insert(1 + (place % (value.Length - 1)), mark);

                    var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(Build([(name, broken)])));

                    Assert.Equal(name.Replace(":", "__", StringComparison.Ordinal), Assert.Single(error.Problems).Setting);
                    Assert.DoesNotContain(broken, error.ToString(), StringComparison.Ordinal);
                    Assert.DoesNotContain(CannedNetwork.Secret[..3], error.ToString(), StringComparison.Ordinal);
                },
                iter: 3_000
            );

    [Fact]
    public void Read_AnInvisibleCharacterInsideAKey_NamesIt() =>
        Gen.Select(InvisibleGen.One, Gen.Int[1, 2])
            .Sample(
                (mark, place) =>
                {
                    var key = "186".Insert(place, mark);

                    var error = Assert.Throws<ConfigurationException>(() =>
                        SettingsReader.Read(Build([("Mapping:Deal:BranchOffices:" + key, "2634")]))
                    );

                    Assert.Equal("Mapping__Deal__BranchOffices__" + key, Assert.Single(error.Problems).Setting);
                },
                iter: 500
            );

    [Fact]
    public void Read_KeysThatBecomeTheSame_AreAnError() =>
        InvisibleGen
            .Around.Where(around => around.Before.Length + around.After.Length > 0)
            .Sample(
                around =>
                {
                    var error = Assert.Throws<ConfigurationException>(() =>
                        SettingsReader.Read(Build([("Mapping:Deal:BranchOffices:" + InvisibleGen.Put(around, "186"), "2634")]))
                    );

                    Assert.Equal("Mapping__Deal__BranchOffices__186", Assert.Single(error.Problems).Setting);
                },
                iter: 300
            );

    [Theory]
    [InlineData("Mapping:Deal:Stages:1")]
    [InlineData("Mapping:Deal:CashPaymentMethods:0")]
    [InlineData("Mapping:Contact:Routes:0:Courses:2")]
    public void Read_AnEmptyPlaceInAList_IsNamed(string name) =>
        Gen.Select(InvisibleGen.One.Array[0, 3], Choice.Of("", " "))
            .Sample(
                (marks, last) =>
                {
                    var error = Assert.Throws<ConfigurationException>(() =>
                        SettingsReader.Read(Build([(name, string.Concat(marks) + last)]))
                    );

                    Assert.Equal(name.Replace(":", "__", StringComparison.Ordinal), Assert.Single(error.Problems).Setting);
                },
                iter: 100
            );

    private static void Check((string Name, string? Value)[] changes, Action<Settings> use)
    {
        try
        {
            var settings = SettingsReader.Read(Build(changes));
            Assert.Equal("2020-12-20T00:00:00+03:00".Length, EntityQueries.Format(settings.Sync.StartDate).Length);
            using var request = new HttpRequestMessage();
            Assert.True(
                request.Headers.TryAddWithoutValidation(settings.Otmechalka.AuthHeader, settings.Otmechalka.AuthScheme),
                "a header that is not sent"
            );
            Assert.All(settings.Otmechalka.AuthScheme, c => Assert.InRange(c, ' ', '~'));
            use(settings);
        }
        catch (ConfigurationException error)
        {
            Assert.NotEmpty(error.Problems);
            Assert.All(error.Problems, problem => Assert.True(problem is { Setting.Length: > 0, Problem.Length: > 0 }));
            Assert.DoesNotContain(CannedNetwork.Secret, error.ToString(), StringComparison.Ordinal);
            Assert.Equal(error.Problems.Count, error.Problems.Distinct().Count());
        }
    }

    private static void Compose(Settings settings)
    {
        using var services = new ServiceCollection().AddB24Otmechalka(settings).BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<SyncRunner>());
        Assert.All(Enum.GetValues<SyncJob>(), job => Assert.Equal(job, services.GetRequiredService<JobFactory>().Create(job).Job));
    }

    private static Dictionary<string, string?> Complete() =>
        TestSettings.Complete(
            new Uri($"https://example.bitrix24.ru/rest/1/{CannedNetwork.Secret}/"),
            new Uri("https://otmechalka.example.com/"),
            CannedNetwork.Secret
        );

    private static IConfigurationRoot Build((string Name, string? Value)[] changes)
    {
        var all = Complete();
        foreach (var (name, value) in changes)
        {
            all[name] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
