DROP FUNCTION api.health(), api.request_email(text, text, text);
DROP FUNCTION comms.forget_emails(jsonb), comms.record_email_failure(jsonb), comms.record_email_success(jsonb);
DROP FUNCTION comms.get_email_payload(jsonb), comms.send_email_supervisor(jsonb);
DROP FUNCTION internal.run_function(text, jsonb), queues.append_error(bigint, text), queues.dequeue_next_available_task();
