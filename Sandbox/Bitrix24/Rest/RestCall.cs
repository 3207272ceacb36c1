using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>One command: a whole request, or one of a batch.</summary>
internal sealed record RestCall(string Method, PhpArray Parameters, Webhook Webhook)
{
    /// <summary>A top-level parameter of a legacy method: lower case, upper case or capitalised (docs/bitrix24.md, section 1).</summary>
    public object? Parameter(string name)
    {
        foreach (var spelling in (string[])[name, name.ToUpperInvariant(), char.ToUpperInvariant(name[0]) + name[1..]])
        {
            if (Parameters.TryGet(spelling, out var value))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The record's ID: only <c>ID</c> or <c>id</c> (docs/bitrix24.md, section 1).</summary>
    public long? Id => PhpValue.Integer(Parameters["id"] ?? Parameters["ID"]) is > 0 and var id ? id : null;

    /// <summary>A structured parameter, empty when absent.</summary>
    /// <exception cref="RestException">It is there and no array (docs/bitrix24.md, section 2).</exception>
    public PhpArray Array(string name) =>
        Parameter(name) switch
        {
            null or "" => [],
            PhpArray array => array,
            _ => throw RestException.OfMethod($"Parameter '{name}' must be array."),
        };

    /// <summary>All keys in upper case, as <c>user.get</c> and <c>batch</c> read them (docs/bitrix24.md, section 1).</summary>
    public PhpArray UpperCased()
    {
        var upper = new PhpArray();
        foreach (var (key, value) in Parameters)
        {
            upper[key.ToUpperInvariant()] = value;
        }

        return upper;
    }
}
