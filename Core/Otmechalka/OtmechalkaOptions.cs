namespace B24Otmechalka.Core.Otmechalka;

/// <summary>How otmechalka is reached. Configuration section <c>Otmechalka</c>.</summary>
public sealed record OtmechalkaOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Otmechalka";

    /// <summary>The range of <see cref="Timeout"/>.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) TimeoutRange = (TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(5));

    /// <summary>The range of <see cref="Concurrency"/>.</summary>
    public static readonly (int Least, int Most) ConcurrencyRange = (1, 32);

    /// <summary>Base address, <c>https://HOST/</c>. Required.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>The key. Secret. Required.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The header the key travels in; default <c>Authorization</c>.</summary>
    public string AuthHeader { get; set; } = "Authorization";

    /// <summary>What stands before the key, separated by a space; default <c>Token</c>; may be empty.</summary>
    public string AuthScheme { get; set; } = "Token";

    /// <summary>
    /// How long one attempt may take; default 30 s. After a create without an answer, also how long it may still be carried out: before
    /// that it is not repeated.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many records one job sends at the same time; default 4. Both jobs may run side by side.</summary>
    public int Concurrency { get; set; } = 4;
}
