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
        "SYNC_START_DATE", "Bitrix24:WebhookUrl", "Otmechalka:BaseUrl", "Otmechalka:ApiKey", "Mapping:Contact:StatusField", "Mapping:Contact:StudentLastNameField", "Mapping:Contact:BirthdateField",
        "Mapping:Contact:Routes:1:Product", "Mapping:Contact:Routes:1:BranchOffice", "Mapping:Contact:Routes:2:Courses:1", "Mapping:Deal:StatusField", "Mapping:Deal:SellingDateField", "Mapping:Deal:BranchOffices:186",
    ];

    private static readonly string[] Optional =
    [
        "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", "SYNC_DEAL_LAST_MODIFY_TIMESTAMP", "CONTACT_SYNC_SCHEDULE", "Otmechalka:AuthHeader", "Otmechalka:AuthScheme", "Otmechalka:Timeout", "Otmechalka:Concurrency",
        "Bitrix24:Timeout", "Bitrix24:RequestsPerSecond", "Bitrix24:Burst", "Sync:TimeBudget", "Sync:LookBack", "Sync:SweepInterval", "Sync:TableName", "AzureWebJobsStorage:accountName",
        "AzureWebJobsStorage:tableServiceUri", "AzureWebJobsStorage", "Mapping:Contact:Routes", "Mapping:Contact:Routes:7:Product", "Mapping:Contact:Routes:0:Courses", "Mapping:Contact:Routes:0:Branch", "Mapping:Deal:Stages",
        "Mapping:Deal:Stages:0", "Mapping:Deal:CashPaymentMethods", "Mapping:Deal:CashPaymentMethods:0", "Mapping:Deal:BranchOffices", "Mapping:Deal:BranchOffices:", "Mapping:Deal", "Mapping:Contact", "Mapping",
    ];

    private static readonly Gen<string?> Value = Gen.Frequency(
        (3, Choice.Of<string?>(null, "", " ", "0", "-1", "1", "NaN", "1e999", "00:00:30", "99.00:00:00", "99999999999", "24:61:00", "10675199.02:48:05.4775807", "0001-01-01", "9999-12-31T23:59:59", "2020-12-20T00:00:00-14:00",
            "https://", "https://user:pw@example.com/", "http://example.com/", "//x", "https://example.bitrix24.ru/rest/1/a b/", "https://пример.рф/rest/1/x/", "https://[::1", "file:///x", "https://example.com:99999/", "@Microsoft.KeyVault(x)",
            "Content-Type", "Host", "Authorization", "Токен", "a\r\nX: y", "UseDevelopmentStorage=true", "AccountName=x", "DefaultEndpointsProtocol=https;AccountName=;AccountKey=%;", "410", "UF_CRM_SYNC_STATUS", "uf_crm_x")),
        (1, FieldGen.DateText.Select(text => (string?)text)), (1, Gen.String[0, 30].Select(text => (string?)text)), (1, Gen.Int[1, 400].Select(length => (string?)new string('a', length))));

    private static readonly Gen<(string Name, string? Value)[]> Changes = Gen.Select(Choice.Of([.. Required, .. Optional]), Value).Array[1, 5];

    [Fact]
    public void Read_AnySettings_AreUsableOrAllProblemsAreNamed() => Changes.Sample(changes => Check(changes, _ => { }), iter: 12_000);

    [Fact]
    public void AddB24Otmechalka_SettingsThatWereRead_BuildsEverything() => Changes.Sample(changes => Check(changes, Compose), iter: 800);

    [Fact]
    public void Read_SeveralRequiredSettingsEmpty_NamesEachOfThem() => Gen.Select(Choice.Of(Required), Choice.Of<string?>(null, "", "  ")).Array[1, 6].Sample(
        changes =>
        {
            var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(Build(changes)));
            Assert.Empty(changes.Select(change => change.Item1.Replace(":", "__", StringComparison.Ordinal)).Except(error.Problems.Select(problem => problem.Setting)));
        },
        iter: 2_000);

    private static void Check((string Name, string? Value)[] changes, Action<Settings> use)
    {
        try
        {
            var settings = SettingsReader.Read(Build(changes));
            Assert.Equal("2020-12-20T00:00:00+03:00".Length, CardTable.Format(settings.Sync.StartDate).Length);
            using var request = new HttpRequestMessage();
            Assert.True(request.Headers.TryAddWithoutValidation(settings.Otmechalka.AuthHeader, settings.Otmechalka.AuthScheme), "a header that is not sent");
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
        Assert.NotNull(B24OtmechalkaServices.CreateJob(services, settings, SyncJob.Contacts));
        Assert.NotNull(B24OtmechalkaServices.CreateJob(services, settings, SyncJob.Deals));
    }

    private static IConfigurationRoot Build((string Name, string? Value)[] changes)
    {
        var all = TestSettings.Complete(new Uri($"https://example.bitrix24.ru/rest/1/{CannedNetwork.Secret}/"), new Uri("https://otmechalka.example.com/"), CannedNetwork.Secret);
        foreach (var (name, value) in changes)
        {
            all[name] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
