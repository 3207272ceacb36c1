using System.Text.Json.Serialization;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// otmechalka's ticket («абонемент»), as its API takes it (docs/spec.md, section 4.2). Amounts are roubles: <c>9000.00</c>.
/// </summary>
internal sealed record Ticket
{
    [JsonPropertyName("origin_id")]
    public required string OriginId { get; init; }

    [JsonPropertyName("client_origin_id")]
    public required string ClientOriginId { get; init; }

    [JsonPropertyName("ticket_type")]
    public required string TicketType { get; init; }

    [JsonPropertyName("price_initial")]
    public required string PriceInitial { get; init; }

    [JsonPropertyName("discount")]
    public required string Discount { get; init; }

    [JsonPropertyName("price_final")]
    public required string PriceFinal { get; init; }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    [JsonPropertyName("selling_date")]
    public required string SellingDate { get; init; }

    [JsonPropertyName("selling_branchoffice")]
    public required string SellingBranchOffice { get; init; }

    [JsonPropertyName("employee")]
    public required string Employee { get; init; }

    /// <summary><c>CASH</c> or <c>ONLINE</c>.</summary>
    [JsonPropertyName("payment_method")]
    public required string PaymentMethod { get; init; }
}
