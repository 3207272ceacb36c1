namespace B24Otmechalka.Core.Deals;

/// <summary>The deal's part of <c>mapping.json</c>, section <c>Mapping:Deal</c> (docs/spec.md, section 5.2).</summary>
public sealed class DealMapping
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mapping:Deal";

    /// <summary>Code of the field «Статус синхронизации». Required; none of the others.</summary>
    public string StatusField { get; set; } = "";

    /// <summary>IDs of the stages whose deals become tickets: <c>WON</c>, and <c>C1:WON</c> for further funnels.</summary>
    public IList<string> Stages { get; set; } = [];

    /// <summary>Code of the field with the selling date.</summary>
    public string SellingDateField { get; set; } = "";

    /// <summary>Code of the multiple field with the branch.</summary>
    public string BranchField { get; set; } = "";

    /// <summary>Code of the field with the payment method.</summary>
    public string PaymentMethodField { get; set; } = "";

    /// <summary>List values that mean cash; any other means online.</summary>
    public IList<string> CashPaymentMethods { get; set; } = [];

    /// <summary>List value of the branch in Bitrix24 → ID of the branch office in otmechalka.</summary>
    public IDictionary<string, string> BranchOffices { get; set; } = new Dictionary<string, string>();
}
