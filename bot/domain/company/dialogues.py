"""What the product itself says: in an emergency until a person takes over, and around the queue."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Sentence, Settings, Text, sentence

WithPlace = Annotated[Text, sentence("place")]
WithAddress = Annotated[Text, sentence("address")]
WithOrder = Annotated[Text, sentence("address", "number", "unit")]


class EmergencyScripts(Settings):
    """The emergency dialogue: address, read-back, dispatch (S0 泄漏报修)."""

    ask_address: Sentence = Field(
        default="请告诉我漏气的详细地址：哪个小区、几号楼、几单元、几室？",
        description="Indoors and unknown place, after the safety instruction (S0 室内泄漏 2)",
    )
    ask_place: Sentence = Field(
        default="请告诉我漏气的地点：哪条路、哪个路口，旁边有什么醒目的建筑物？",
        description="Outdoors: landmarks if the place is unclear (S0 室外泄漏 2)",
    )
    ask_place_of_people: Sentence = Field(
        default="请告诉我您所在的详细地址：哪个小区、几号楼、几单元、几室？有没有人不舒服或受伤？",
        description="Carbon monoxide and fire",
    )
    ask_address_again: Sentence = Field(
        default="请先照上面的安全提示做。我需要知道地址才能派人：请写小区（或道路）、楼号、单元、房号；"
        "不清楚就写旁边醒目的建筑物。",
        description="What the customer wrote holds no address",
    )
    ask_address_still: Sentence = Field(
        default="还没有能找到您的地址，抢险人员没法出发。只写小区名、路名或旁边店铺的名字也行；"
        "也可以到室外拨打{hotline}（24小时）。",
        description="Still no address: in other words than before",
    )
    on_the_way: Sentence = Field(
        default="抢险人员正在赶来。到达前请不要回屋取东西，不要点火，不要碰电器和开关，留在安全的室外；情况变化请拨打{hotline}（24小时）。",
        description="The customer writes after the dispatch, before a person has accepted: nobody is left in silence",
    )
    on_the_way_outdoors: Sentence = Field(
        default="抢险人员正在赶来。请离漏气的地方远一些，提醒行人和车辆绕开，不要在附近点火、抽烟；情况变化请拨打{hotline}（24小时）。",
        description="The same of a leak in the street",
    )
    told_on: Sentence = Field(
        default="您说的已补充到工单上。",
        description="Before either: the customer told something more after the dispatch",
    )
    address_added: WithAddress = Field(
        default="已把“{address}”补充到工单上，抢险人员按这个地址找您。请留在安全的室外，保持电话畅通。",
        description="The customer names the place more exactly after the dispatch",
    )
    phone_noted: Sentence = Field(
        default="您的电话已记在工单上，抢险人员会与您联系，人员{minutes}分钟内到达。请留在安全的室外，不要点火，不要回屋取东西。",
        description="The customer leaves a telephone number after the dispatch",
    )
    taken_back: Sentence = Field(
        default="好的，没有危险就好；值班人员还会与您核实。如果还有燃气味、报警器还在响，请马上到室外，再告诉我们地址。",
        description="The customer says that it was nothing, before he named an address; a person decides",
    )
    noted_after_all: Sentence = Field(
        default="您说的已经记下，值班人员马上接入，一并答复您。如果还有燃气味、报警器还在响，请马上到室外，再告诉我们地址。",
        description="Another matter, after the customer said that it was nothing: staff have the conversation already",
    )
    ask_which_place: WithPlace = Field(
        default="请问是哪里的{place}？靠近哪条路、哪个路口？",
        description="Outdoors: a market, a school, of which there are many (S0 室外泄漏 2)",
    )
    ask_house: Sentence = Field(
        default="请再告诉我：几号楼、几单元、几室？",
        description="A compound or street without a number (S0 室内泄漏 2)",
    )
    read_back: WithAddress = Field(
        default="请您确认地址：{address}，对吗？", description="Read-back before dispatch (S0 泄漏报修 3)"
    )
    read_back_again: WithAddress = Field(
        default="抢险人员等您确认地址：{address}。对请回“对”，不对请直接写正确的地址；确认后{minutes}分钟内赶到。",
        description="Neither yes nor another address came",
    )
    ask_right_address: Sentence = Field(
        default="好的，请写出正确的详细地址。", description="The address read back was wrong"
    )
    dispatched: WithOrder = Field(
        default="已通知{unit}赶往：{address}。工单号 {number}。"
        "人员{minutes}分钟内到达，请在安全的室外等候，保持电话畅通。",
        description="Address confirmed, order dispatched (S0 泄漏报修 3)",
    )
    dispatched_unconfirmed: WithOrder = Field(
        default="没有收到您的确认，已先按这个地址通知{unit}：{address}。工单号 {number}。地址如有不对，请马上告诉我。",
        description="The customer stopped answering after the read-back; the crew is sent all the same",
    )
    redispatched: WithOrder = Field(
        default="已重新通知{unit}赶往：{address}。工单号 {number}，之前的工单已注明改派。"
        "人员{minutes}分钟内到达，请在安全的室外等候，保持电话畅通。",
        description="Dispatched once more: the address was put right, or it is worse than was reported",
    )
    waiting: Sentence = Field(
        default="您的险情已列为最高优先，正在为您接通值班人员。请留在安全的室外；情况变化请马上告诉我或拨打{hotline}。",
        description="Every 45 seconds while nobody has accepted (S0 在线客服 8)",
    )
    greeting: Annotated[Text, sentence("staff_id")] = Field(
        default="您好，我是{company}客服{staff_id}号，正在处理您的险情，请您先按上面的安全提示做。",
        description="An agent accepts an emergency (S0 在线客服 2)",
    )
    check: Sentence = Field(
        default="请先确认安全：您那里现在有燃气味、着火，或者有人头晕、昏倒吗？"
        "如有，请马上开窗、不碰任何电器开关、到室外去，再点下面的按钮，或拨打{hotline}。",
        description="The message may report an emergency or only talk of one; goes before the answer to it",
    )
    check_leak: Text = Field(default="现在有燃气味", description="Button under the check: a leak is suspected")
    check_poisoning: Text = Field(
        default="现在有人头晕或昏倒", description="Button under the check: carbon monoxide is suspected"
    )
    check_fire: Text = Field(default="现在着火了", description="Button under the check: a fire is suspected")
    check_nothing: Text = Field(default="没有险情", description="Button under the check, when it is the whole answer")
    yes: Text = Field(default="对", description="Button under the read-back")
    no: Text = Field(default="不对", description="Button under the read-back")


class QueueScripts(Settings):
    """Around the queue and the leave-a-message flow."""

    handed_over: Annotated[Text, sentence("ahead")] = Field(
        default="正在为您转接人工客服，您前面还有{ahead}位用户，请稍等。", description="Queued, others ahead"
    )
    handed_over_next: Sentence = Field(default="正在为您转接人工客服，请稍等。", description="Queued, nobody ahead")
    leave_queue: Text = Field(default="取消排队", description="Button: back to the assistant")
    left_queue: Sentence = Field(
        default="好的，已取消排队。请问还有什么可以帮助您吗？", description="The customer left the queue"
    )
    ask_assistant: Text = Field(default="继续问智能助手", description="Button, nobody online: back to the assistant")
    left_desk: Sentence = Field(
        default="好的，不再等人工客服了，现在由智能助手为您服务；需要人工时请回“转人工”。请问您想咨询什么？",
        description="Nobody was online, and the customer goes on with the assistant",
    )
    message_noted: Sentence = Field(
        default="您的留言已记录，客服上线后首先回复您。如果方便，请留下联系电话；想现在就问，请回“继续问智能助手”。",
        description="The first thing written after nobody was online",
    )
    message_added: Sentence = Field(
        default="已经补充到您的留言里，客服上线后会一起看到。",
        description="Whatever else is written after a message was left",
    )
    phone_noted: Sentence = Field(
        default="您的留言和联系电话已记录，客服上线后首先与您联系。",
        description="A message left after nobody was online holds a telephone number",
    )
    back_to_assistant: Sentence = Field(
        default="现在由智能助手继续为您服务，请问还有什么可以帮助您吗？", description="An agent gave it back"
    )
    idle_close: Sentence = Field(
        default="由于您较长时间没有留言，本次咨询先结束。需要时请随时给我们留言，再见。",
        description="Nothing was said for long",
    )
    idle_close_unfinished: Annotated[Text, sentence("go_on")] = Field(
        default="由于您较长时间没有留言，本次咨询先结束，刚才的事还没有办完。想接着办，请告诉我“{go_on}”，再见。",
        description="Nothing was said for long, and a question of the assistant was open",
    )
    waited_for_assistant: Sentence = Field(
        default="很抱歉让您久等了，正在查询您的问题，请您耐心等待，谢谢！",
        description="Every 45 seconds while the assistant owes an answer (S0 在线客服 8)",
    )
    not_understood: Sentence = Field(
        default="很抱歉，我没有听明白。您可以换个说法，或者转人工客服。", description="The assistant had nothing to say"
    )
    said_already: Sentence = Field(
        default="这一点刚才发给您了，就在上面。如果没有说到您想问的，请再说具体一点，或者转人工客服。",
        description="The assistant's answer would be what it has just said",
    )
    late_prompt: Sentence = Field(
        default="很抱歉让您久等了，刚才没能及时回复您，我们正在尽快处理，请您耐心等待，谢谢！",
        description="Several prompts were missed during an outage: one apology for all",
    )
