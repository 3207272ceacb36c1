namespace B24Otmechalka.Core.Bitrix24;

/// <summary>How the portal is reached and how fast it may be asked. Configuration section <c>Bitrix24</c>.</summary>
public sealed class Bitrix24Options
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bitrix24";

    /// <summary>The inbound webhook, <c>https://PORTAL/rest/USER/TOKEN/</c>. Secret: whoever has it owns the CRM. Required.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>How long one attempt may take; 1 s to 5 min, default 65 s: the cloud cuts a request off after 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(65);

    /// <summary>Requests per second in the long run; 0.1 to 100, default 2 (Enterprise: 5). Counted per portal and source IP.</summary>
    public double RequestsPerSecond { get; set; } = 2;

    /// <summary>Requests that may be sent at once after a pause; 5 to 1,000, default 50 (Enterprise: 250).</summary>
    public int Burst { get; set; } = 50;
}
