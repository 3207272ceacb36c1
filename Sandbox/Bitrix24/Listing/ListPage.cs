using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>One page. <paramref name="Next"/> is absent on the last one, and whenever nothing was counted.</summary>
internal sealed record ListPage(IReadOnlyList<CrmRecord> Rows, int Total, int? Next);

/// <summary>Which page is asked for, as legacy methods read <c>start</c> (docs/bitrix24.md, section 4).</summary>
internal readonly record struct PageStart(int Offset, bool Counted)
{
    public const int PageSize = 50;

    /// <summary>−1 means the first rows without counting; other values are rounded down to a whole page.</summary>
    public static PageStart Legacy(long? start) =>
        start switch
        {
            -1 => new(0, false),
            > 0 => new((int)Math.Min(int.MaxValue / 2, start.Value) / PageSize * PageSize, true),
            _ => new(0, true),
        };

    /// <summary>ORM-style methods such as user.get take <c>start</c> as a row number.</summary>
    public static PageStart Rows(long? start) =>
        start switch
        {
            -1 => new(0, false),
            > 0 => new((int)Math.Min(int.MaxValue / 2, start.Value), true),
            _ => new(0, true),
        };

    public int? NextAfter(int total) => Counted && Offset + PageSize < total ? Offset + PageSize : null;
}
