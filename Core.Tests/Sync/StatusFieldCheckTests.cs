using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// An update answers <c>true</c> for a field that does not exist: the first run under a mapping looks (docs/spec.md, section 7).
/// </summary>
public sealed class StatusFieldCheckTests
{
    [Theory]
    [InlineData(SyncJob.Contacts, "Mapping__Contact__StatusField", "UF_CRM_NO_SUCH", "no field UF_CRM_NO_SUCH")]
    [InlineData(SyncJob.Contacts, "Mapping__Contact__StatusField", "UF_CRM_TYPO", "is of type integer")]
    [InlineData(SyncJob.Contacts, "Mapping__Contact__StatusField", "UF_CRM_MANY", "is multiple")]
    [InlineData(SyncJob.Deals, "Mapping__Deal__StatusField", "UF_CRM_NO_SUCH", "no field UF_CRM_NO_SUCH")]
    public void Run_StatusFieldMissingOrNoText_IsAConfigurationErrorAndNothingIsSent(
        SyncJob job,
        string setting,
        string field,
        string problem
    )
    {
        var world = World.Empty().With(setting, field);
        world.Portal.Locked(() =>
        {
            world.Contacts.Schema.Add(
                new()
                {
                    Id = 900,
                    Name = "UF_CRM_TYPO",
                    Type = "integer",
                    Label = "",
                    Dynamic = true,
                }
            );
            world.Contacts.Schema.Add(
                new()
                {
                    Id = 901,
                    Name = "UF_CRM_MANY",
                    Type = "string",
                    Label = "",
                    Dynamic = true,
                    Multiple = true,
                }
            );
        });
        world.AddContact();

        var error = Assert.Throws<ConfigurationException>(() => world.Sync(job));

        var found = Assert.Single(error.Problems);
        Assert.Equal(setting, found.Setting);
        Assert.Contains(problem, found.Problem, StringComparison.Ordinal);
        Assert.Equal(0, world.Crms.OtmechalkaEndpoint.Traffic.Requests);
        Assert.Equal(0, world.Crms.Bitrix24Endpoint.Traffic.Of("crm.contact.update"));
    }

    [Fact]
    public void Run_ConfigurationError_GivesTheLockBack()
    {
        var world = World.Empty().With("Mapping__Contact__StatusField", "UF_CRM_NO_SUCH");
        Assert.Throws<ConfigurationException>(() => world.SyncContacts());

        world.With("Mapping__Contact__StatusField", Status);

        Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
    }

    [Fact]
    public void Run_WebhookMayNotDescribeFields_DoesItsWorkAllTheSame()
    {
        var world = World.Empty();
        var id = world.AddContact();
        world.Crms.Bitrix24Endpoint.FaultOf = request =>
            request.Operation == "crm.contact.fields" ? Fault.Answer(400, """{"error":"","error_description":"Access denied."}""") : null;

        world.SyncContacts();

        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_FieldsUnavailable_EndsTheRun()
    {
        var world = World.Empty();
        world.Crms.Bitrix24Endpoint.FaultOf = request => request.Operation == "crm.contact.fields" ? Fault.BadGateway : null;

        Assert.Equal(RunOutcome.Interrupted, world.SyncContacts().Outcome);
    }

    [Fact]
    public void Run_FieldIsDeletedLater_IsNoticedByTheNextFullResync()
    {
        var world = World.Empty();
        world.AddContact();
        world.SyncContacts();
        world.Portal.Locked(() => world.Contacts.Schema.Remove(Status));
        world.Time.Advance(TimeSpan.FromHours(25));

        Assert.Throws<ConfigurationException>(() => world.SyncContacts());
    }

    [Fact]
    public void Run_SameMapping_IsCheckedOnlyOnce()
    {
        var world = World.Empty();
        world.SyncContacts();
        world.SyncContacts();
        Assert.Equal(1, world.Crms.Bitrix24Endpoint.Traffic.Of("crm.contact.fields"));

        world.With("Mapping__Contact__Routes__0__BranchOffice", "2634").SyncContacts();

        Assert.Equal(2, world.Crms.Bitrix24Endpoint.Traffic.Of("crm.contact.fields"));
    }
}
