using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Configuration;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData("SYNC_START_DATE", "0001-01-01")] // in Moscow before the beginning of universal time
    [InlineData("AzureWebJobsStorage__tableServiceUri", "not an address")]
    [InlineData("AzureWebJobsStorage__accountName", "anaccountwhosenameislongerthananyhostnamemaybeinthedomainnamesystemaswell")]
    [InlineData("Otmechalka__AuthScheme", "Ключ")]
    [InlineData("Otmechalka__AuthScheme", "Token\r\nX-Other: 1")]
    [InlineData("Otmechalka__AuthHeader", "Content-Type")]
    [InlineData("Otmechalka__Concurrency", "0")]
    [InlineData("Otmechalka__Concurrency", "33")]
    [InlineData("Otmechalka__Concurrency", "2.5")] // half a record
    [InlineData("Otmechalka__Concurrency", "4e0x")]
    public void Read_SettingThatCannotBeUsed_IsNamed(string name, string value)
    {
        var all = TestSettings.Complete(
            new Uri("https://example.bitrix24.ru/rest/1/token/"),
            new Uri("https://otmechalka.example.com/"),
            "key"
        );
        all["AzureWebJobsStorage"] = name.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal) ? "" : all["AzureWebJobsStorage"];
        all[name.Replace("__", ":", StringComparison.Ordinal)] = value;

        var error = Assert.Throws<ConfigurationException>(() =>
            SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
        );

        Assert.Equal(name, Assert.Single(error.Problems).Setting);
    }
}
