using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Contacts;

/// <summary>How a contact becomes a client: it is created, and kept up to date (docs/spec.md, sections 2 and 6).</summary>
/// <param name="otmechalka">otmechalka.</param>
/// <param name="mapping">The contact's mapping.</param>
/// <param name="options">The start date, and where the job starts.</param>
/// <param name="otmechalkaTimeout">How long otmechalka may be at a request that it did not answer.</param>
internal sealed class ContactJob(OtmechalkaClient otmechalka, ContactMapping mapping, SyncOptions options, TimeSpan otmechalkaTimeout)
    : JobDefinition
{
    private readonly ContactMapper mapper = new(mapping);

    public override SyncJob Job => SyncJob.Contacts;

    public override EntityQueries Table { get; } =
        new("contact", mapping.StatusField, new ContactMapper(mapping).Columns, options.StartDate, []);

    public override string StatusFieldSetting => "Mapping__Contact__StatusField";

    public override (string Setting, DateTimeOffset? Value) Start => ("SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", options.ContactsStart);

    public override string ConfigurationHash { get; } = HashOf(mapping, options.StartDate);

    public override bool DeliversOnce => false;

    public override PersonColumns Person { get; } =
        new()
        {
            Pupil = new NameColumns(mapping.StudentLastNameField, mapping.StudentFirstNameField),
            Parent = new NameColumns("LAST_NAME", "NAME"),
            Phone = "PHONE",
            Birthdate = mapping.BirthdateField,
        };

    public override Task<IReadOnlyList<MappingResult>> MapAsync(
        IReadOnlyList<Card> cards,
        IReadOnlyCollection<string> failing,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<MappingResult>>([.. cards.Select(mapper.Map)]);

    public override async Task<Delivery> DeliverAsync(MappingResult.Ready ready, bool isKnown, CancellationToken cancellationToken)
    {
        var client = ((ReadyClient)ready).Client;
        var found = isKnown ? OtmechalkaAnswer.Accepted : await otmechalka.FindClientAsync(client.OriginId, cancellationToken);
        if (found.Verdict == OtmechalkaVerdict.Accepted)
        {
            var updated = await otmechalka.UpdateClientAsync(client, cancellationToken);
            if (updated.Verdict != OtmechalkaVerdict.Absent)
            {
                return Delivery.Of(updated, DeliveryChange.Updated, otmechalkaTimeout);
            }

            // Deleted by hand (docs/spec.md, section 6, invariant 8). A create needs a search before it.
            found = await otmechalka.FindClientAsync(client.OriginId, cancellationToken);
            if (found.Verdict == OtmechalkaVerdict.Accepted)
            {
                return Delivery.Refused(ContactTexts.NotToBeChanged, "HTTP 404");
            }
        }

        return Delivery.Of(
            found.Verdict == OtmechalkaVerdict.Absent ? await otmechalka.CreateClientAsync(client, cancellationToken) : found,
            DeliveryChange.Created,
            otmechalkaTimeout
        );
    }

    public override IReadOnlyList<FieldRule> Fields =>
        [
            FieldRule.Status(StatusFieldSetting, mapping.StatusField),
            FieldRule.Text("Mapping__Contact__StudentLastNameField", mapping.StudentLastNameField),
            FieldRule.Text("Mapping__Contact__StudentFirstNameField", mapping.StudentFirstNameField),
            FieldRule.Date("Mapping__Contact__BirthdateField", mapping.BirthdateField),
            FieldRule.List("Mapping__Contact__ProductField", mapping.ProductField, true, mapping.Routes.Select(route => route.Product)),
            FieldRule.List(
                "Mapping__Contact__BranchField",
                mapping.BranchField,
                true,
                mapping.Routes.Where(route => !route.AnyBranch).Select(route => route.Branch!)
            ),
        ];

    public override IEnumerable<MappedValue> MappedValues(IReadOnlyDictionary<string, FieldDescription>? labels) =>
        mapping.Routes.Select(route => new MappedValue(
            Table.Entity,
            [
                LabelledValue.Of("product", mapping.ProductField, route.Product, labels),
                route.AnyBranch
                    ? new LabelledValue("branch", "*", "any or none")
                    : LabelledValue.Of("branch", mapping.BranchField, route.Branch!, labels),
            ],
            [
                .. route.Courses.Select(course => KeyValuePair.Create("course", course)),
                KeyValuePair.Create("branchoffice", route.BranchOffice),
            ]
        ));

    public override IReadOnlyList<ObjectField> PayloadOf(MappingResult.Ready ready) => ObjectFields.Of(((ReadyClient)ready).Client);

    public override async Task<HeldRecord> SearchAsync(string id, CancellationToken cancellationToken) =>
        HeldRecord.Of(await otmechalka.FindClientAsync(id, cancellationToken), () => []);

    public override async Task<HeldRecord> LookAsync(MappingResult.Ready ready, CancellationToken cancellationToken)
    {
        var (answer, held) = await otmechalka.ReadClientAsync(((ReadyClient)ready).Client.OriginId, cancellationToken);
        return HeldRecord.Of(answer, () => ObjectFields.Compare(PayloadOf(ready), held));
    }
}
