using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>
/// Finds one page. A filter on a range of ID or DATE_MODIFY looks only at that range, and a page in an index's own
/// order stops as soon as it is full, so that 50 of 100,000 rows do not cost a scan.
/// </summary>
internal sealed class ListQuery(
    RecordTable table,
    IReadOnlyList<FilterCondition> filter,
    SortOrder order,
    PageStart start,
    bool pastEndIsFirst
)
{
    /// <summary>Reading an index in the wanted order may look at this many times more rows than sorting a smaller range.</summary>
    private const int SortingFactor = 4;

    public ListPage Run()
    {
        var plan = Choose();
        if (!start.Counted)
        {
            return new ListPage([.. (plan.Sorted ? plan.Matches : plan.Matches.Order(order)).Take(PageStart.PageSize)], 0, null);
        }

        if (plan.WholeRange is { } range)
        {
            return Page(
                range.To - range.From,
                offset =>
                    range.Index.Range(
                        range.Descending ? range.From : range.From + offset,
                        range.Descending ? range.To - offset : range.To,
                        range.Descending
                    )
            );
        }

        var all = (plan.Sorted ? plan.Matches : plan.Matches.Order(order)).ToList();
        return Page(all.Count, all.Skip);
    }

    private ListPage Page(int total, Func<int, IEnumerable<CrmRecord>> from)
    {
        var begin = pastEndIsFirst && start.Offset >= total ? start with { Offset = 0 } : start;
        return new ListPage(begin.Offset >= total ? [] : [.. from(begin.Offset).Take(PageStart.PageSize)], total, begin.NextAfter(total));
    }

    private Plan Choose()
    {
        if (filter.FirstOrDefault(IsIdList) is { } ids)
        {
            var found = ids
                .Operands.Select(operand => operand.Number)
                .OfType<decimal>()
                .Distinct()
                .Where(id => Math.Abs(id) < FilterCondition.Limit)
                .Select(id => table.Find((long)id))
                .OfType<CrmRecord>();
            return new Plan(found.Where(Matches), false, null);
        }

        var byId = RangeOf(table.ById, FieldKind.Id);
        var byModified = RangeOf(table.ByModified, FieldKind.Modified);
        var natural = order.NaturalIndex switch
        {
            FieldKind.Id => byId,
            FieldKind.Modified => byModified,
            _ => (IndexRange?)null,
        };
        var smaller = byId.Length <= byModified.Length ? byId : byModified;
        if (natural is not { } range || range.Length / SortingFactor > smaller.Length)
        {
            return new Plan(smaller.Index.Range(smaller.From, smaller.To).Where(Matches), false, null);
        }

        var kind = order.NaturalIndex!.Value;
        var covered = filter.All(condition => condition.TryGetRange(kind, out _, out _));
        return new Plan(
            range.Index.Range(range.From, range.To, order.Descending).Where(Matches),
            true,
            covered ? range with { Descending = order.Descending } : null
        );
    }

    private static bool IsIdList(FilterCondition condition) =>
        condition is { Field.Kind: FieldKind.Id, Operator: FilterOperator.Equal, Operands.Count: > 1 };

    private bool Matches(CrmRecord record)
    {
        foreach (var condition in filter)
        {
            if (!condition.Matches(record))
            {
                return false;
            }
        }

        return true;
    }

    private IndexRange RangeOf(OrderedIndex index, FieldKind kind)
    {
        var (low, high) = (-FilterCondition.Limit, FilterCondition.Limit);
        foreach (var condition in filter)
        {
            if (condition.TryGetRange(kind, out var from, out var to))
            {
                (low, high) = (Math.Max(low, from), Math.Min(high, to));
            }
        }

        var first = index.Rank(low);
        return new IndexRange(index, first, Math.Max(first, index.Rank(high + 1)), false);
    }

    private readonly record struct IndexRange(OrderedIndex Index, int From, int To, bool Descending)
    {
        public int Length => To - From;
    }

    private sealed record Plan(IEnumerable<CrmRecord> Matches, bool Sorted, IndexRange? WholeRange);
}
