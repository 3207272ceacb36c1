using System.Collections;
using System.Globalization;

namespace B24Otmechalka.Sandbox.Bitrix24.Php;

/// <summary>
/// PHP's only container: an ordered map that is printed as a JSON list when its keys are 0, 1, 2, …, also when it is
/// empty (docs/bitrix24.md, section 1, «an empty PHP map is []», and 9). Parameters and answers of the portal are both made of it.
/// Values are <see langword="null"/>, <see cref="bool"/>, <see cref="string"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="decimal"/> or another <see cref="PhpArray"/>.
/// </summary>
internal sealed class PhpArray : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly OrderedDictionary<string, object?> items = new(StringComparer.Ordinal);
    private long next;

    public int Count => items.Count;

    /// <summary>Whether the keys are exactly 0, 1, 2, … in this order; an empty one is a list.</summary>
    public bool IsList { get; private set; } = true;

    public IEnumerable<string> Keys => items.Keys;

    public IEnumerable<object?> Values => items.Values;

    public object? this[string key]
    {
        get => items.GetValueOrDefault(key);
        set
        {
            if (!items.ContainsKey(key))
            {
                var number = IndexOf(key);
                IsList &= number == items.Count;
                next = Math.Max(next, number + 1);
            }

            items[key] = value;
        }
    }

    public static PhpArray List(IEnumerable<object?> values)
    {
        var list = new PhpArray();
        foreach (var value in values)
        {
            list.Add(value);
        }

        return list;
    }

    /// <summary>Appends under the next free number, as <c>name[]=value</c> does.</summary>
    public void Add(object? value) => this[next.ToString(CultureInfo.InvariantCulture)] = value;

    public bool TryGet(string key, out object? value) => items.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long IndexOf(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (key.Length == 1 || key[0] != '0')
            ? number
            : -1;
}
