import {patch} from "@web/core/utils/patch";
import {InterviewSummary} from "../../interview/interview_summary";
import {FollowedUp} from "./followed_up";

patch(InterviewSummary, {components: {...InterviewSummary.components, FollowedUp}});
