import { ApiProperty } from '@nestjs/swagger';

/** What a provider is answered, once what it said is stored. */
export class WebhookReceiptView {
  @ApiProperty() received!: boolean;
}
