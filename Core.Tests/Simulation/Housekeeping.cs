using System.Globalization;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// What an administrator does with the portal of one seed in three: duplicates are merged, cards are deleted, the portal moves to
/// another zone and prints the same values in another form. It has random numbers of its own, so that the other seeds stay what they are.
/// </summary>
internal sealed class Housekeeping(SimulatedWorld world, int seed)
{
    // Not west of UTC: a bare date is printed there as the day before, and is taken as written (docs/spec.md, section 5.1).
    private static readonly int[] Offsets = [0, 2, 3, 10];

    private readonly Random random = new(seed + 1_000_003);
    private readonly bool isKept = seed % 3 == 0;

    /// <summary>Perhaps the administrator does something.</summary>
    public void Act()
    {
        if (!isKept)
        {
            return;
        }

        switch (random.Next(8))
        {
            case 0:
                Merge();
                break;
            case 1:
                Delete(random.Next(2) == 0 ? SyncJob.Contacts : SyncJob.Deals);
                break;
            case 2:
                Reform();
                break;
        }
    }

    /// <summary>The portal's zone and forms change. No value does, so nothing may follow from it.</summary>
    public void Reform()
    {
        if (!isKept)
        {
            return;
        }

        var options = world.Crms.Portal.Options;
        options.ServerOffset = TimeSpan.FromHours(Offsets[random.Next(Offsets.Length)]);
        options.EmptyMultipleIsList = random.Next(2) == 0;
        options.MultipleValuesAsNumbers = random.Next(2) == 0;
        world.Trace.Add(
            $"portal: offset {options.ServerOffset}, empty lists {options.EmptyMultipleIsList}, numbers {options.MultipleValuesAsNumbers}"
        );
    }

    // As Bitrix24 merges: one card stays, takes over what the other one had, and the other is deleted.
    private void Merge()
    {
        if (Any(SyncJob.Contacts) is not { } kept || Any(SyncJob.Contacts) is not { } gone || kept == gone)
        {
            return;
        }

        var deals = world.Crms.Portal.Deals;
        world.People.Edit(SyncJob.Contacts, kept, [("EMAIL", $"merged{random.Next(1000)}@example.com")], null);
        foreach (var deal in deals.Ids.Where(deal => deals.Text(deal, "CONTACT_ID") == Text(gone)).ToArray())
        {
            world.People.Edit(SyncJob.Deals, deal, [("CONTACT_ID", Text(kept))], null);
        }

        world.Crms.Portal.Contacts.Delete(gone);
        world.Trace.Add($"portal: contact {gone} merged into {kept}");
    }

    private void Delete(SyncJob kind)
    {
        if (Any(kind) is { } id)
        {
            world.Cards(kind).Delete(id);
            world.Trace.Add($"portal: delete {kind} {id}");
        }
    }

    private long? Any(SyncJob kind)
    {
        var ids = world.Cards(kind).Ids;
        return ids.Count == 0 ? null : ids[random.Next(ids.Count)];
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
