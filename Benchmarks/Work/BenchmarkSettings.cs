using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>The settings of every measured process, as they stand in the environment.</summary>
internal static class BenchmarkSettings
{
    public static IReadOnlyDictionary<string, string> For(WorkOrder order) =>
        new Dictionary<string, string>
        {
            ["SYNC_START_DATE"] = "2020-12-20",
            ["AzureWebJobsStorage"] = order.Storage ?? "UseDevelopmentStorage=true",
            ["Sync__TableName"] = order.Table,
            ["Sync__TimeBudget"] = "1.00:00:00",
            ["Sync__LookBack"] = order.LookBack ?? "00:05:00",
            ["Bitrix24__RequestsPerSecond"] = order.IsUnlimited ? "1000" : "2",
            ["Bitrix24__Burst"] = order.IsUnlimited ? "10000" : "50",
            ["Bitrix24__WebhookUrl"] = order.Crms.Webhook.AbsoluteUri,
            ["Otmechalka__BaseUrl"] = order.Crms.Otmechalka.AbsoluteUri,
            ["Otmechalka__ApiKey"] = order.Crms.ApiKey,
            ["Mapping__Contact__StatusField"] = SampleFields.Status,
            ["Mapping__Contact__StudentLastNameField"] = SampleFields.StudentLastName,
            ["Mapping__Contact__StudentFirstNameField"] = SampleFields.StudentFirstName,
            ["Mapping__Contact__BirthdateField"] = SampleFields.Birthdate,
            ["Mapping__Contact__ProductField"] = SampleFields.Product,
            ["Mapping__Contact__BranchField"] = SampleFields.Branch,
            ["Mapping__Contact__Routes__0__Product"] = "410",
            ["Mapping__Contact__Routes__0__Courses__0"] = "10985",
            ["Mapping__Contact__Routes__0__Courses__1"] = "10986",
            ["Mapping__Contact__Routes__0__BranchOffice"] = "2633",
            ["Mapping__Contact__Routes__1__Product"] = "404",
            ["Mapping__Contact__Routes__1__Branch"] = "48",
            ["Mapping__Contact__Routes__1__Courses__0"] = "10987",
            ["Mapping__Contact__Routes__1__Courses__1"] = "10988",
            ["Mapping__Contact__Routes__1__BranchOffice"] = "2634",
            ["Mapping__Contact__Routes__2__Product"] = "404",
            ["Mapping__Contact__Routes__2__Branch"] = "12708",
            ["Mapping__Contact__Routes__2__Courses__0"] = "10987",
            ["Mapping__Contact__Routes__2__Courses__1"] = "10988",
            ["Mapping__Contact__Routes__2__BranchOffice"] = "2635",
            ["Mapping__Deal__StatusField"] = SampleFields.Status,
            ["Mapping__Deal__Stages__0"] = "WON",
            ["Mapping__Deal__SellingDateField"] = SampleFields.SellingDate,
            ["Mapping__Deal__BranchField"] = SampleFields.Branch,
            ["Mapping__Deal__PaymentMethodField"] = SampleFields.PaymentMethod,
            ["Mapping__Deal__CashPaymentMethods__0"] = "450",
            ["Mapping__Deal__BranchOffices__186"] = "2634",
            ["Mapping__Deal__BranchOffices__12706"] = "2635",
        };
}
