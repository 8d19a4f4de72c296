DROP TABLE "FundingRecord", "Document", "User", "Tenant";
