namespace B24Otmechalka.Core.Bitrix24;

/// <summary>How the portal is reached and how fast it may be asked. Configuration section <c>Bitrix24</c>.</summary>
public sealed record Bitrix24Options
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bitrix24";

    /// <summary>The range of <see cref="Timeout"/>.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) TimeoutRange = (TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(5));

    /// <summary>The range of <see cref="RequestsPerSecond"/>.</summary>
    public static readonly (double Least, double Most) RequestsPerSecondRange = (0.1, 1000);

    /// <summary>The range of <see cref="Burst"/>.</summary>
    public static readonly (int Least, int Most) BurstRange = (5, 10_000);

    /// <summary>The inbound webhook, <c>https://PORTAL/rest/USER/TOKEN/</c>. Secret: whoever has it owns the CRM. Required.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>How long one attempt may take; default 65 s: the cloud cuts a request off after 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(65);

    /// <summary>Requests per second in the long run; default 2 (Enterprise: 5). Counted per portal and source IP.</summary>
    public double RequestsPerSecond { get; set; } = 2;

    /// <summary>Requests that may be sent at once after a pause; default 50 (Enterprise: 250).</summary>
    public int Burst { get; set; } = 50;
}
