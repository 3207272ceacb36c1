using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Data;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Data;

public sealed class SampleDataTests
{
    private readonly SandboxCrms crms = SampleData.Create(new FakeTimeProvider(SampleData.StartDate.AddDays(10)));

    [Fact]
    public void Create_Sample_HasTheWorkedExamples()
    {
        Assert.Equal("Василий", crms.Portal.Contacts.Text(39558, SampleFields.StudentFirstName));
        Assert.Equal("2009-11-29T03:00:00+03:00", crms.Portal.Contacts.Row(39558)[SampleFields.Birthdate]);
        Assert.Equal(" 6 КМС индивидуальные 45 мин", Assert.Single(crms.Portal.ProductRows(96294)).Name);
        Assert.Equal("Сергеев", crms.Portal.Users.Single(user => user.Id == 12288).LastName);
        Assert.Equal("S", crms.Portal.Deals.Text(96294, "STAGE_SEMANTIC_ID"));
    }

    [Fact]
    public void Create_Sample_CoversEveryRule()
    {
        Assert.Equal(24, crms.Portal.Contacts.Count);
        Assert.Equal(16, crms.Portal.Deals.Count);
        Assert.All(crms.Portal.Contacts.Ids.Where(id => id > 40000), id => Assert.NotNull(crms.Portal.Contacts.Text(id, "COMMENTS")));
    }

    [Fact]
    public void Create_Sample_KeepsItsTimes()
    {
        Assert.Equal(new DateTimeOffset(2020, 12, 24, 10, 19, 34, TimeSpan.FromHours(3)), crms.Portal.Contacts.Modified(39558));
        Assert.Equal(new DateTimeOffset(2020, 12, 24, 13, 0, 0, TimeSpan.FromHours(3)), crms.Portal.Deals.Modified(96294));
    }
}
