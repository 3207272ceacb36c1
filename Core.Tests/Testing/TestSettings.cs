using System.Text.Json;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>Complete settings, with the made-up IDs of the worked examples.</summary>
internal static class TestSettings
{
    public const string StatusField = "UF_CRM_SYNC_STATUS";

    /// <summary>Everything in the settings as one text, to compare two of them.</summary>
    public static string Text(Settings settings) => JsonSerializer.Serialize(settings);

    public static Dictionary<string, string?> Complete(Uri webhook, Uri otmechalka, string apiKey) =>
        new()
        {
            ["SYNC_START_DATE"] = "2020-12-20",
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["Bitrix24:WebhookUrl"] = webhook.AbsoluteUri,
            ["Otmechalka:BaseUrl"] = otmechalka.AbsoluteUri,
            ["Otmechalka:ApiKey"] = apiKey,
            ["Mapping:Contact:StatusField"] = StatusField,
            ["Mapping:Contact:StudentLastNameField"] = "UF_CRM_57AD7FAF7E6C4",
            ["Mapping:Contact:StudentFirstNameField"] = "UF_CRM_1608028374",
            ["Mapping:Contact:BirthdateField"] = "UF_CRM_1607943642",
            ["Mapping:Contact:ProductField"] = "UF_CRM_58D15BB9CA8F4",
            ["Mapping:Contact:BranchField"] = "UF_CRM_1470852549",
            ["Mapping:Contact:Routes:0:Product"] = "410",
            ["Mapping:Contact:Routes:0:Courses:0"] = "10985",
            ["Mapping:Contact:Routes:0:Courses:1"] = "10986",
            ["Mapping:Contact:Routes:0:BranchOffice"] = "2633",
            ["Mapping:Contact:Routes:1:Product"] = "404",
            ["Mapping:Contact:Routes:1:Branch"] = "48",
            ["Mapping:Contact:Routes:1:Courses:0"] = "10987",
            ["Mapping:Contact:Routes:1:Courses:1"] = "10988",
            ["Mapping:Contact:Routes:1:BranchOffice"] = "2634",
            ["Mapping:Contact:Routes:2:Product"] = "404",
            ["Mapping:Contact:Routes:2:Branch"] = "12708",
            ["Mapping:Contact:Routes:2:Courses:0"] = "10987",
            ["Mapping:Contact:Routes:2:Courses:1"] = "10988",
            ["Mapping:Contact:Routes:2:BranchOffice"] = "2635",
            ["Mapping:Deal:StatusField"] = StatusField,
            ["Mapping:Deal:Stages:0"] = "WON",
            ["Mapping:Deal:SellingDateField"] = "UF_CRM_58D1057919A6F",
            ["Mapping:Deal:BranchField"] = "UF_CRM_1470852549",
            ["Mapping:Deal:PaymentMethodField"] = "UF_CRM_1490347942",
            ["Mapping:Deal:CashPaymentMethods:0"] = "450",
            ["Mapping:Deal:BranchOffices:186"] = "2634",
            ["Mapping:Deal:BranchOffices:12706"] = "2635",
        };
}
