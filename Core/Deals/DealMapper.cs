using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Deals;

/// <summary>A deal that can be sent.</summary>
internal sealed record ReadyTicket(Ticket Ticket) : MappingResult.Ready(OtmechalkaJson.Hash(Ticket));

/// <summary>What a deal's card does not hold itself.</summary>
/// <param name="Rows">Its product rows.</param>
/// <param name="Seller">
/// The name of the person responsible; empty when the user has none; <see langword="null"/> when there is no such user.
/// </param>
internal sealed record DealDetails(IReadOnlyList<ProductRow> Rows, string? Seller);

/// <summary>Maps a won deal to a ticket: the table of docs/spec.md, section 5.2, row by row. Pure.</summary>
internal sealed class DealMapper(DealMapping mapping)
{
    public const string SellerColumn = "ASSIGNED_BY_ID";
    public const string ContactColumn = "CONTACT_ID";

    private const string CurrencyColumn = "CURRENCY_ID";

    /// <summary>Roubles, and their code before 1998, which old portals still have.</summary>
    private static readonly string[] Roubles = ["RUB", "RUR"];

    /// <summary>The columns a deal's card needs.</summary>
    public IReadOnlyList<string> Columns =>
        [
            ContactColumn,
            SellerColumn,
            mapping.SellingDateField,
            mapping.BranchField,
            mapping.PaymentMethodField,
            CurrencyColumn,
            "OPPORTUNITY",
        ];

    /// <summary>Whether all branches filled in are unsupported; decided before anything else is looked at.</summary>
    public bool IsOutOfScope(Card deal)
    {
        var branches = deal.References(mapping.BranchField);
        return branches.Count > 0 && !branches.Any(mapping.BranchOffices.ContainsKey);
    }

    /// <summary>Maps a deal: it is ready, out of scope, or invalid with all its problems.</summary>
    public MappingResult Map(Card deal, DealDetails details)
    {
        if (IsOutOfScope(deal))
        {
            return new MappingResult.OutOfScope();
        }

        var problems = new ProblemList(DealTexts.Former);
        var clientId = problems.Required(Client(deal), DealTexts.Client);
        var row = OneRow(details.Rows, problems);
        var (initial, discount, final) = row is null ? default : DealPrices.Of(row, problems);
        if (deal.Text(CurrencyColumn) is { } currency && !Roubles.Contains(currency, StringComparer.OrdinalIgnoreCase))
        {
            problems.Wrong(DealTexts.Currency);
        }

        var ticket = new Ticket
        {
            OriginId = deal.Id,
            ClientOriginId = clientId,
            TicketType = row is null ? "" : problems.Name(row.Name, DealTexts.ProductName),
            PriceInitial = Amount.Format(initial),
            Discount = Amount.Format(discount),
            PriceFinal = Amount.Format(final),
            SellingDate = problems.Required(
                deal.Text(mapping.SellingDateField),
                DealTexts.SellingDate,
                FieldFormats.Date,
                DealTexts.WrongSellingDate
            ),
            SellingBranchOffice = BranchOffice(deal, problems),
            Employee = Seller(deal, details.Seller, problems),
            // An empty one is noted as missing, and then there is no ticket.
            PaymentMethod = mapping.CashPaymentMethods.Contains(
                problems.Required(deal.Reference(mapping.PaymentMethodField), DealTexts.PaymentMethod)
            )
                ? "CASH"
                : "ONLINE",
        };
        return problems.IsEmpty ? new ReadyTicket(ticket) : problems.ToResult();
    }

    private static string? Client(Card deal) => deal.Reference(ContactColumn) is { } id && id.All(char.IsAsciiDigit) ? id : null;

    private static ProductRow? OneRow(IReadOnlyList<ProductRow> rows, ProblemList problems)
    {
        switch (rows.Count)
        {
            case 0:
                problems.Missing(DealTexts.Product);
                return null;
            case 1:
                if (rows[0].Quantity != 1)
                {
                    problems.Wrong(DealTexts.Quantity);
                }

                return rows[0];
            default:
                problems.Wrong(DealTexts.SeveralProducts);
                return null;
        }
    }

    private string BranchOffice(Card deal, ProblemList problems)
    {
        var branches = problems.Whole(deal.References(mapping.BranchField), DealTexts.Branch);
        var supported = branches.Where(mapping.BranchOffices.ContainsKey).Distinct().ToList();
        if (branches.Count == 0)
        {
            problems.Missing(DealTexts.Branch);
        }
        else if (supported.Count > 1)
        {
            problems.Wrong(DealTexts.SeveralBranches);
        }

        return supported.Count == 1 ? mapping.BranchOffices[supported[0]] : "";
    }

    private static string Seller(Card deal, string? seller, ProblemList problems)
    {
        if (deal.Reference(SellerColumn) is null)
        {
            problems.Missing(DealTexts.Seller);
        }
        else if (string.IsNullOrEmpty(seller))
        {
            problems.Wrong(seller is null ? DealTexts.SellerNotFound : DealTexts.SellerName);
        }
        else
        {
            return problems.Name(seller, DealTexts.Seller);
        }

        return "";
    }
}
