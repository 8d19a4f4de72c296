SET LOCAL ROLE ackify_owner;

DROP TABLE email_queue, reminder_logs, webhook_deliveries, webhooks;

RESET ROLE;
