using System.Globalization;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Portal_PeopleAndProgramsAtOnce_StaysConsistent()
    {
        using var driver = new PortalDriver();
        driver.AddContacts(200);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(worker =>
                    Task.Run(async () =>
                    {
                        for (var step = 0; step < 100; step++)
                        {
                            var id = ((worker * 31) + (step * 7)) % 200 + 1;
                            await driver.WriteStatusAsync(id, $"{worker}-{step}");
                            driver.Portal.Contacts.Edit(
                                id,
                                [KeyValuePair.Create<string, object?>("POST", step.ToString(CultureInfo.InvariantCulture))]
                            );
                            await driver.GetAsync("crm.contact.list?order[DATE_MODIFY]=DESC");
                        }
                    })
                )
        );

        Assert.Equal(200, (await driver.GetAsync("crm.contact.list?order[DATE_MODIFY]=ASC")).Json.GetProperty("total").GetInt32());
        Assert.Equal(1600, driver.Crms.Bitrix24Endpoint.Traffic.TotalCommands - 1);
        Assert.Equal(Enumerable.Range(1, 200).Select(id => (long)id), driver.Portal.Contacts.Ids);
    }
}
